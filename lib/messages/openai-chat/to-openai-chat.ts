import { shortened } from '../../text/shortened.ts';
import { arrangeTurns, type Turn } from '../arrange-turns.ts';
import type { CanonicalMessage, ContentPart, JsonObject, ToolCallPart, ToolResultPart } from '../content.ts';
import { describeOutput } from '../describe-part.ts';
import { isEmptyOf, ownOf } from '../own.ts';
import { isToolCallPart, isToolResultPart } from '../parts.ts';
import { partsOfOutput } from '../parts-of-output.ts';
import { rawInputOf } from '../raw-input.ts';
import { isObject } from '../shape.ts';
import { writeAssistantBlock, writeTextBlock, writeUserBlock } from './blocks.ts';
import {
  isOpenAiChatMessage,
  isToolCall,
  type OpenAiChatMessage,
  type TextBlock,
  type ToolCall,
} from './message.ts';

const PEER = 'openaiChat';

/** What the API says when it refuses more: "string too long", "does not match pattern". */
const MAX_CALL_ID_LENGTH = 40;
const MAX_NAME_LENGTH = 64;

/**
 * Canonical messages as OpenAI's chat completions API takes them, whatever they are. Each call is followed by its
 * results; what the API has no word for, a call that nobody answered and a result without its call become texts that
 * say what they are. Only calls at the end may wait for results.
 *
 * A reasoning part becomes a text as well: the API takes none.
 */
export function toOpenAiChat(messages: readonly CanonicalMessage[]): OpenAiChatMessage[] {
  const turns = arrangeTurns(messages, { maxIdLength: MAX_CALL_ID_LENGTH, maxNameLength: MAX_NAME_LENGTH });
  let oldCall: ToolCallPart | undefined;
  return turns.flatMap((turn) => {
    if (turn.speaker !== 'tool') oldCall = oldCallOf(turn);
    return writeTurn(turn, oldCall);
  });
}

/** The only call of a turn, if it has to be made in the way of the time before there could be several. */
function oldCallOf({ parts }: Turn): ToolCallPart | undefined {
  const [call, ...others] = parts.filter(isToolCallPart);
  return call && others.length === 0 && ownOf(PEER, call)['type'] === 'function_call' ? call : undefined;
}

function writeTurn(turn: Turn, oldCall: ToolCallPart | undefined): OpenAiChatMessage[] {
  const {
    content: form,
    role,
    ...own
  } = turn.speaker === turn.message.role ? ownOf(PEER, turn.message.metadata) : {};
  switch (turn.speaker) {
    case 'tool':
      return turn.parts.filter(isToolResultPart).map((part) => withRest(own, writeResult(part, oldCall)));
    case 'assistant':
      return [withRest(own, writeAnswer(turn, { form, oldCall }))];
    case 'system': {
      const content = writeContent(turn, writeTextBlock) ?? '';
      return [
        withRest(own, { role: role === 'developer' ? 'developer' : 'system', content, ...nameOf(turn) }),
      ];
    }
    case 'user':
      return [
        withRest(own, { role: 'user', content: writeContent(turn, writeUserBlock) ?? '', ...nameOf(turn) }),
      ];
  }
}

/** With what metadata keeps for this peer, unless that has become something that the API does not know. */
function withRest(own: JsonObject, made: OpenAiChatMessage): OpenAiChatMessage {
  const whole: unknown = { ...own, ...made };
  return isOpenAiChatMessage(whole) ? whole : made;
}

/** The API takes names without spaces and `< | \ / >`, of at most 64 characters. */
function nameOf({ message: { metadata, role }, speaker }: Turn): { readonly name?: string } {
  const name = metadata?.['name'];
  if (typeof name !== 'string' || role !== speaker) return {};
  const fitting = shortened(name.replace(/[\s<|\\/>]/g, '_'), MAX_NAME_LENGTH);
  return fitting ? { name: fitting } : {};
}

/** A text if it came as one, or blocks; `undefined` if nothing is said. */
function writeContent<Block>(
  { parts, isString }: Pick<Turn, 'parts' | 'isString'>,
  write: (part: ContentPart) => Block | TextBlock,
): string | (Block | TextBlock)[] | undefined {
  const blocks = parts.filter((part) => !isEmptyOf(PEER, part)).map(write);
  return (isString ? loneText(blocks) : undefined) ?? (blocks.length > 0 ? blocks : undefined);
}

function loneText(blocks: readonly unknown[]): string | undefined {
  const [first, ...others] = blocks;
  const isPlain = isObject(first) && first['type'] === 'text' && Object.keys(first).length === 2;
  return isPlain && others.length === 0 && typeof first['text'] === 'string' ? first['text'] : undefined;
}

function writeAnswer(
  turn: Turn,
  { form, oldCall }: { readonly form: unknown; readonly oldCall: ToolCallPart | undefined },
): OpenAiChatMessage & { role: 'assistant' } {
  const calls = turn.parts.filter(isToolCallPart);
  const refusal = turn.parts.find(isRefusalOfMessage);
  const audio = turn.parts.find(isAudio);
  const said = turn.parts.filter((part) => !isToolCallPart(part) && part !== refusal && part !== audio);
  const isString = turn.isString || form === 'text' || (calls.length > 0 && form !== 'parts');
  const isSilent = form === 'text' || (calls.length === 0 && !refusal && !audio);
  const content = writeContent({ parts: said, isString }, writeAssistantBlock) ?? (isSilent ? '' : null);
  return {
    role: 'assistant',
    ...((content !== null || form !== 'absent') && { content }),
    ...nameOf(turn),
    ...(refusal && { refusal: refusal.refusal }),
    ...(audio && { audio: audio.audio }),
    ...(oldCall && { function_call: { name: oldCall.toolName, arguments: rawInputOf(oldCall) } }),
    ...(!oldCall && calls.length > 0 && { tool_calls: calls.map(writeCall) }),
  };
}

function isRefusalOfMessage(part: ContentPart): part is { type: 'refusal'; refusal: string } {
  return (
    part.type === 'refusal' && typeof part['refusal'] === 'string' && ownOf(PEER, part)['of'] === 'message'
  );
}

function isAudio(part: ContentPart): part is { type: 'audio'; audio: { id: string } } {
  return part.type === 'audio' && isObject(part['audio']) && typeof part['audio']['id'] === 'string';
}

function writeCall(part: ToolCallPart): ToolCall {
  const { type, inner, ...outer } = ownOf(PEER, part);
  const { toolCallId: id, toolName: name, input } = part;
  if (type === 'custom' && typeof input === 'string') {
    const call: unknown = { ...outer, id, type, custom: { ...fieldsOf(inner), name, input } };
    if (isToolCall(call)) return call;
  }
  return {
    ...outer,
    id,
    type: 'function',
    function: { ...fieldsOf(inner), name, arguments: rawInputOf(part) },
  };
}

function fieldsOf(value: unknown): object {
  return isObject(value) ? value : {};
}

function writeResult(
  { toolCallId, output }: ToolResultPart,
  oldCall: ToolCallPart | undefined,
): OpenAiChatMessage {
  const parts = partsOfOutput(output);
  if (oldCall) {
    return {
      role: 'function',
      name: oldCall.toolName,
      content: output === null ? null : describeOutput(output),
    };
  }
  return {
    role: 'tool',
    tool_call_id: toolCallId,
    content: parts ? parts.map(writeTextBlock) : describeOutput(output),
  };
}
