import { arrangeTurns, type Turn } from '../arrange-turns.ts';
import type { CanonicalMessage, ContentPart } from '../content.ts';
import { describePart } from '../describe-part.ts';
import { isEmptyOf, ownOf, unkept } from '../own.ts';
import { isReasoningPart, isToolCallPart } from '../parts.ts';
import { isBlank, writeBlock } from './blocks.ts';
import {
  type AnthropicConversation,
  type AnthropicMessage,
  type Block,
  isServerCall,
  isServerResult,
  isTextBlock,
  isToolResult,
  isUpload,
  type TextBlock,
} from './message.ts';

const PEER = 'anthropic';
const MAX_NAME_LENGTH = 128;

/**
 * Canonical messages as Anthropic's messages API takes them, whatever they are. System messages at the beginning become
 * the system prompt, later ones a text of the user's that says what it is. Each call is followed by its results; what
 * the API has no word for, a call that nobody answered and a result without its call become texts that say what they
 * are. Only calls at the end may wait for results.
 *
 * Ids of calls that the API would refuse are changed, with those of their results. Reasoning without a signature of the
 * API becomes a text. A conversation that does not begin with the user gets a beginning that says so.
 */
export function toAnthropic(messages: readonly CanonicalMessage[]): AnthropicConversation {
  const turns = arrangeTurns(messages, { maxNameLength: MAX_NAME_LENGTH, hasStrictIds: true });
  const begins = turns.findIndex((turn) => turn.speaker !== 'system' || isInline(turn));
  const prompt = turns.slice(0, begins < 0 ? turns.length : begins);
  const system = writePrompt(prompt);
  const rest = turns.slice(prompt.length);
  return { ...(system !== undefined && { system }), messages: withBeginning(writeTurns(rest)) };
}

const ownOfMessage = ({ message }: Turn) => ownOf(PEER, message.metadata);
const isInline = (turn: Turn) => ownOfMessage(turn)['isInline'] === true;

function writePrompt(turns: readonly Turn[]): AnthropicConversation['system'] {
  const [only, ...others] = turns;
  if (!only) return undefined;
  return others.length === 0
    ? writeSystem(only)
    : turns.flatMap(({ parts }) => parts.map(writeText)).filter((block) => !isBlank(block));
}

function writeSystem({ parts, isString }: Turn): string | TextBlock[] {
  return asContent(parts.filter((part) => !isEmptyOf(PEER, part)).map(writeText), isString);
}

function writeText(part: ContentPart): TextBlock {
  const block = writeBlock(part);
  return isTextBlock(block) ? block : { type: 'text', text: describePart(part) };
}

/** Blocks that say something, or the text that came as one. */
function asContent<Any extends Block>(
  blocks: readonly Any[],
  isString: boolean,
): string | (Any | TextBlock)[] {
  const said = blocks.filter((block) => !isBlank(block));
  const [first] = said;
  if (!first) return '[empty]';
  return isString && first.type === 'text' ? first.text : said;
}

function withBeginning(messages: readonly AnthropicMessage[]): AnthropicMessage[] {
  return messages.length === 0 || messages[0]?.role === 'user'
    ? [...messages]
    : [{ role: 'user', content: '[what was said before is not shown]' }, ...messages];
}

function writeTurns(turns: readonly Turn[]): AnthropicMessage[] {
  const messages: AnthropicMessage[] = [];
  const serverCalls = new Set<string>();
  for (const [index, turn] of turns.entries()) {
    const message = writeTurn(turn, serverCalls);
    const last = messages.at(-1);
    const isFollowing = turn.speaker === 'tool' && turns[index - 1]?.speaker === 'tool';
    const isContinued = ownOfMessage(turn)['continues'] === true && last?.role === message.role;
    if (last?.role === 'user' && message.role === 'user' && (isFollowing || isContinued)) {
      messages[messages.length - 1] = {
        role: 'user',
        content: [...blocksOf(last.content), ...blocksOf(message.content)],
      };
    } else messages.push(message);
  }
  return messages;
}

function blocksOf(content: string | Block[]): Block[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

function writeTurn(turn: Turn, serverCalls: Set<string>): AnthropicMessage {
  const parts = turn.parts.filter((part) => !isEmptyOf(PEER, part));
  switch (turn.speaker) {
    case 'system': {
      if (isInline(turn)) return { role: 'system', content: writeSystem(turn) };
      const text = parts.map(describePart).join('\n');
      return { role: 'user', content: `[system] ${text}` };
    }
    case 'tool':
      return { role: 'user', content: parts.flatMap((part) => writeBlock(part) ?? []).filter(isToolResult) };
    case 'user':
      return { role: 'user', content: asContent(parts.map(writeUserBlock), turn.isString) };
    case 'assistant': {
      const blocks = parts.map((part) => writeAnswerBlock(part, serverCalls));
      return { role: 'assistant', content: asContent(blocks, turn.isString) };
    }
  }
}

const userTypes: ReadonlySet<string> = new Set(['text', 'image', 'document', 'search_result']);

function writeUserBlock(part: ContentPart): Block {
  const own = unkept(PEER, part);
  if (isUpload(own)) return ofServer(own);
  const block = isToolCallPart(part) || isReasoningPart(part) ? undefined : writeBlock(part);
  return block && userTypes.has(block.type) ? block : { type: 'text', text: describePart(part) };
}

const answerTypes: ReadonlySet<string> = new Set(['text', 'thinking', 'redacted_thinking']);

function writeAnswerBlock(part: ContentPart, serverCalls: Set<string>): Block {
  const own = unkept(PEER, part);
  if (isServerCall(own) && !serverCalls.has(own.id)) {
    serverCalls.add(own.id);
    return ofServer(own);
  }
  if (isServerResult(own) && serverCalls.has(own.tool_use_id)) return ofServer(own);
  const block = writeBlock(part);
  const isKnown = block && (answerTypes.has(block.type) || isToolCallPart(part));
  return isKnown ? block : { type: 'text', text: describePart(part) };
}

/** A block that came from the API and goes back to it: no type of ours says what is in it. */
function ofServer(block: object): Block {
  return block as Block;
}
