import type { CanonicalMessage, ContentPart, JsonObject, JsonValue, Role } from '../content.ts';
import { UNKNOWN_TOOL } from '../fit-calls.ts';
import { emptyPart, kept, withMetadata, withOwn } from '../own.ts';
import { isTextPart } from '../parts.ts';
import { inputOf } from '../raw-input.ts';
import { isObject } from '../shape.ts';
import { readBlock } from './blocks.ts';
import { isOldCall, isToolCall, type OpenAiChatInput } from './message.ts';

const PEER = 'openaiChat';

const roles: ReadonlyMap<JsonValue | undefined, Role> = new Map<JsonValue, Role>([
  ['system', 'system'],
  ['developer', 'system'],
  ['user', 'user'],
  ['assistant', 'assistant'],
  ['tool', 'tool'],
  ['function', 'tool'],
]);

/** What a message says, and its fields that this does not tell. */
interface Reading {
  readonly parts: readonly ContentPart[];
  readonly rest: JsonObject;
}

/**
 * Messages of OpenAI's chat completions API as canonical ones, one for one. What the canonical form has no word for is
 * kept under `openaiChat`, in the part or in the message's metadata; `name` becomes `metadata.name`. `toOpenAiChat`
 * gives back the same messages, if the API takes them.
 *
 * `input` of a call is what its arguments say as JSON. Where they are not JSON, or are written otherwise than
 * `JSON.stringify` would, the call has them as they came in `rawInput`, too.
 *
 * @param toolNames names of tools by the ids of their calls, to which those of these messages are added: results name
 *   their tools by it. Whoever converts a conversation piece by piece gives each piece the same map.
 */
export function fromOpenAiChat(
  messages: readonly OpenAiChatInput[],
  toolNames: Map<string, string> = new Map(),
): CanonicalMessage[] {
  return messages.map((message) => readMessage(message as unknown as JsonObject, toolNames));
}

function readMessage(message: JsonObject, toolNames: Map<string, string>): CanonicalMessage {
  const role = roles.get(message['role']) ?? 'user';
  const { parts, rest } = read(role, message, toolNames);
  const { role: itsRole, name, ...own } = rest;
  const [first = emptyPart(PEER)] = parts;
  const isString = parts.length === 1 && isTextPart(first) && message['content'] === first.text;
  return {
    role,
    content: isString ? first.text : [first, ...parts.slice(1)],
    ...withMetadata(
      typeof name === 'string' ? { name } : {},
      withOwn(PEER, { ...own, ...(itsRole !== role && { role: itsRole }) }),
    ),
  };
}

function read(role: Role, message: JsonObject, toolNames: Map<string, string>): Reading {
  if (role === 'assistant') return readAnswer(message, toolNames);
  if (role === 'tool') return readResult(message, toolNames);
  const { content, ...rest } = message;
  const parts = readContent(content);
  return { parts, rest: { ...rest, ...(content === '' && { content: 'text' }) } };
}

function readContent(content: JsonValue | undefined): readonly ContentPart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }];
  if (content === undefined || content === null) return [];
  const parts = (Array.isArray(content) ? content : [content]).map(readBlock);
  const isSilent = parts.every((part) => isTextPart(part) && part.text === '');
  return isSilent && parts.length > 0 ? [...parts, emptyPart(PEER)] : parts;
}

function readAnswer(message: JsonObject, toolNames: Map<string, string>): Reading {
  const { content, refusal, audio, tool_calls, function_call, ...rest } = message;
  const said = readContent(content);
  const calls = [
    ...(Array.isArray(tool_calls) ? tool_calls.map((call) => readCall(call, toolNames)) : []),
    ...(isOldCall(function_call) ? [readOldCall(function_call)] : []),
  ];
  const parts = [
    ...said,
    ...(typeof refusal === 'string'
      ? [{ type: 'refusal', refusal, ...withOwn(PEER, { of: 'message' }) }]
      : []),
    ...(isObject(audio) ? [{ type: 'audio', audio }] : []),
    ...calls,
  ];
  return {
    parts,
    rest: {
      ...rest,
      ...(typeof refusal !== 'string' && { refusal }),
      ...(!isObject(audio) && { audio }),
      ...(!Array.isArray(tool_calls) && { tool_calls }),
      ...(Array.isArray(tool_calls) && tool_calls.length === 0 && { tool_calls }),
      ...(!isOldCall(function_call) && { function_call }),
      ...formOf(content, said, parts),
    },
  };
}

/** Which form the content had, where it is not the one that `toOpenAiChat` chooses. */
function formOf(
  content: JsonValue | undefined,
  said: readonly ContentPart[],
  parts: readonly ContentPart[],
): JsonObject {
  if (content === undefined) return { content: 'absent' };
  if (content === '') return { content: 'text' };
  if (typeof content === 'string' && parts.length > 1) return { content: 'text' };
  return Array.isArray(content) && said.length === 1 && parts.length > 1 ? { content: 'parts' } : {};
}

function readCall(call: JsonValue, toolNames: Map<string, string>): ContentPart {
  if (!isToolCall(call) || call.id === '') return kept(PEER, call);
  const { id, type, ...rest } = call as JsonObject & typeof call;
  const isFunction = type === 'function';
  const { name, ...said } = (isFunction ? rest['function'] : rest['custom']) as JsonObject & { name: string };
  if (name === '') return kept(PEER, call as JsonValue);
  toolNames.set(id, name);
  const { arguments: raw, input, ...inner } = said as { arguments?: string; input?: string };
  const { function: _function, custom: _custom, ...outer } = rest;
  return {
    type: 'tool-call',
    toolCallId: id,
    toolName: name,
    ...(isFunction ? inputOf(raw ?? '') : { input: input ?? '' }),
    ...withOwn(PEER, {
      ...(isFunction ? {} : { type }),
      ...outer,
      ...(Object.keys(inner).length > 0 && { inner }),
    }),
  };
}

/** The call of the time before calls had ids: a message had one, which the next answered. */
function readOldCall({ name, arguments: raw }: { name: string; arguments: string }): ContentPart {
  return {
    type: 'tool-call',
    toolCallId: `function ${name}`,
    toolName: name || UNKNOWN_TOOL,
    ...inputOf(raw),
    ...withOwn(PEER, { type: 'function_call' }),
  };
}

function readResult(message: JsonObject, toolNames: ReadonlyMap<string, string>): Reading {
  const { content, tool_call_id: id, name, ...rest } = message;
  const isOld = message['role'] === 'function';
  const toolCallId = isOld && typeof name === 'string' ? `function ${name}` : id;
  if (typeof toolCallId !== 'string' || toolCallId === '') {
    return { parts: [kept(PEER, message)], rest: { role: rest['role'] } };
  }
  const its = typeof name === 'string' && name ? name : undefined;
  const part = {
    type: 'tool-result',
    toolCallId,
    toolName: toolNames.get(toolCallId) ?? its ?? UNKNOWN_TOOL,
    output: Array.isArray(content) ? content.map(readBlock) : (content ?? null),
  };
  return { parts: [part], rest: { ...rest, ...(!isOld && { name }) } };
}
