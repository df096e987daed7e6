import { isOpenAiChatMessage } from './openai-chat/index.ts';
import { isObject } from './shape.ts';

/** Whose form a message has. */
export type MessageForm = 'anthropic' | 'canonical' | 'openaiChat';

const chatFields = ['tool_calls', 'tool_call_id', 'function_call', 'refusal', 'audio'];
const chatRoles: readonly unknown[] = ['developer', 'function'];
const chatBlocks = ['image_url', 'input_audio', 'refusal'];
const anthropicBlocks = [
  'image',
  'document',
  'search_result',
  'thinking',
  'redacted_thinking',
  'tool_use',
  'tool_result',
  'server_tool_use',
  'container_upload',
];

const peers = ['aiSdk', 'anthropic', 'langchain', 'openaiAgents', 'openaiChat', 'openaiResponses'];

/**
 * Whose form a message has, by what only one of them writes: the fields and roles of OpenAI's chat completions, or the
 * blocks of Anthropic's messages. A message that each of them could write, such as a text of the user's, is canonical;
 * so is one that none of them could.
 */
export function recognise(message: { readonly [field: string]: unknown }): MessageForm {
  if (blocksOf(message).some(isCanonical)) return 'canonical';
  if (hasChatForm(message)) return 'openaiChat';
  return blockTypes(message).some((type) => anthropicBlocks.includes(type) || type.endsWith('_tool_result'))
    ? 'anthropic'
    : 'canonical';
}

/** Blocks of Anthropic's may stand beside parts that only the canonical form has: it keeps what it does not know. */
function isCanonical(block: { readonly [field: string]: unknown }): boolean {
  const { type, mediaType } = block;
  const isOurs = type === 'reasoning' || type === 'tool-call' || type === 'tool-result';
  return (
    isOurs || (type === 'file' && mediaType !== undefined) || peers.some((peer) => Object.hasOwn(block, peer))
  );
}

function hasChatForm(message: { readonly [field: string]: unknown }): boolean {
  const isMarked =
    chatFields.some((field) => Object.hasOwn(message, field)) ||
    chatRoles.includes(message['role']) ||
    blockTypes(message).some((type) => chatBlocks.includes(type)) ||
    blocksOf(message).some((block) => block['type'] === 'file' && isObject(block['file']));
  return isMarked && isOpenAiChatMessage(message);
}

function blocksOf({ content }: { readonly content?: unknown }): { readonly [field: string]: unknown }[] {
  return Array.isArray(content) ? content.filter(isObject) : [];
}

function blockTypes(message: { readonly content?: unknown }): string[] {
  return blocksOf(message).map(({ type }) => String(type));
}
