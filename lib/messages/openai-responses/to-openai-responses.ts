import { arrangeTurns, type Turn } from '../arrange-turns.ts';
import type { CanonicalMessage, ContentPart, JsonObject, ToolCallPart, ToolResultPart } from '../content.ts';
import { describeOutput, describePart } from '../describe-part.ts';
import { isEmptyOf, ownOf, unkept } from '../own.ts';
import { isTextPart, isToolCallPart, isToolResultPart, partsOf } from '../parts.ts';
import { partsOfOutput } from '../parts-of-output.ts';
import { rawInputOf } from '../raw-input.ts';
import { isLonger, writeAnswer, writeReasoning } from './answers.ts';
import { writeInputBlock, writeResultBlock } from './blocks.ts';
import {
  callIdOf,
  isCustomCall,
  isFunctionCall,
  isQuestion,
  isResult,
  isResultBlock,
  type OpenAiResponsesItem,
  ownItemRoles,
} from './item.ts';

const PEER = 'openaiResponses';

/** As the reference of the API bounds them. */
const MAX_CALL_ID_LENGTH = 64;
const MAX_NAME_LENGTH = 64;

/**
 * Canonical messages as items that OpenAI's responses API takes, whatever they are. What the API has no word for, a call
 * that nobody answered and a result without its call become texts that say what they are; so does reasoning that did not
 * come from the API. Only calls at the end may wait for results.
 *
 * Items of the API's own tools come back as they came; what is in them is not looked at.
 */
export function toOpenAiResponses(messages: readonly CanonicalMessage[]): OpenAiResponsesItem[] {
  const custom = new Set<string>();
  const turns = arrangeTurns(messages, {
    maxIdLength: MAX_CALL_ID_LENGTH,
    maxNameLength: MAX_NAME_LENGTH,
    mayResultsWait: true,
    isBeside: besideIn(messages),
  });
  return turns.flatMap((turn) => writeTurn(turn, custom));
}

/** What a tool of the API's own returned, if its call is there before it. */
function besideIn(messages: readonly CanonicalMessage[]) {
  const callIds = new Set<string>();
  const beside = new Set<ContentPart>();
  for (const { role, content } of messages) {
    for (const part of partsOf(content)) {
      const item = unkept(PEER, part);
      const callId = role === 'assistant' && ownItemRoles.assistant(item) ? callIdOf(item) : undefined;
      if (callId !== undefined) callIds.add(callId);
      if (role !== 'tool' || !ownItemRoles.tool(item)) continue;
      const answered = callIdOf(item);
      if (answered === undefined || callIds.has(answered)) beside.add(part);
    }
  }
  return (part: ContentPart) => beside.has(part);
}

function writeTurn(turn: Turn, custom: Set<string>): OpenAiResponsesItem[] {
  switch (turn.speaker) {
    case 'assistant':
      return writeAnswers(turn.parts, custom);
    case 'tool':
      return turn.parts.map((part) =>
        isToolResultPart(part) ? writeResult(part, custom) : asCame(unkept(PEER, part)),
      );
    default:
      return writeQuestions(turn);
  }
}

function writeQuestions({ speaker, isString, parts, message }: Turn): OpenAiResponsesItem[] {
  const own = parts.map((part) => unkept(PEER, part));
  if (own.every((item) => ownItemRoles[speaker](item))) return own.map((item) => asCame(item));
  const { role, content: form, ...rest } = speaker === message.role ? ownOf(PEER, message.metadata) : {};
  const blocks = parts.filter((part) => !isEmptyOf(PEER, part)).map(writeInputBlock);
  const [first] = blocks;
  const made = {
    role: speaker === 'system' && role === 'developer' ? role : speaker,
    content: isString && first?.type === 'input_text' ? first.text : blocks.length > 0 ? blocks : '',
  };
  return [{ ...rest, ...made }, made].filter(isQuestion).slice(0, 1);
}

function writeAnswers(parts: readonly ContentPart[], custom: Set<string>): OpenAiResponsesItem[] {
  const items: OpenAiResponsesItem[] = [];
  for (const part of parts.filter(isSaying)) {
    const before = items.at(-1);
    const item = writePart(part, before, custom);
    if (isLonger(item, before)) items.pop();
    items.push(item);
  }
  return items.length > 0 ? items : [{ role: 'assistant', content: '[empty]' }];
}

/** A text of nothing is an item only if it came as one. */
function isSaying(part: ContentPart): boolean {
  const isSilent = isTextPart(part) && part.text === '' && ownOf(PEER, part)['item'] === undefined;
  return !isSilent && !isEmptyOf(PEER, part);
}

function writePart(
  part: ContentPart,
  before: OpenAiResponsesItem | undefined,
  custom: Set<string>,
): OpenAiResponsesItem {
  if (isToolCallPart(part)) return writeCall(part, custom);
  const own = unkept(PEER, part);
  if (ownItemRoles.assistant(own)) return asCame(own);
  return (
    writeAnswer(part, before) ??
    writeReasoning(part) ?? { role: 'assistant', content: describePart(part) || '[empty]' }
  );
}

function writeCall(part: ToolCallPart, custom: Set<string>): OpenAiResponsesItem {
  const { toolCallId: call_id, toolName: name, input } = part;
  const own = ownOf(PEER, part);
  if (own['type'] === 'custom_tool_call' && typeof input === 'string') {
    const item = [own, {}]
      .map((one) => ({ ...one, type: 'custom_tool_call', call_id, name, input }))
      .find(isCustomCall);
    if (item) {
      custom.add(call_id);
      return item;
    }
  }
  custom.delete(call_id);
  const bare = { type: 'function_call', call_id, name, arguments: rawInputOf(part) } as const;
  return [{ ...own, ...bare }, bare].find(isFunctionCall) ?? bare;
}

function writeResult(part: ToolResultPart, custom: Set<string>): OpenAiResponsesItem {
  const { toolCallId: call_id, output } = part;
  const type = custom.has(call_id) ? 'custom_tool_call_output' : 'function_call_output';
  const parts = partsOfOutput(output, (one) => isResultBlock(unkept(PEER, one)));
  const write = type === 'function_call_output' ? writeResultBlock : writeInputBlock;
  const text = describeOutput(output);
  const made = { type, call_id, output: parts ? parts.map(write) : text };
  return [{ ...ownOf(PEER, part), ...made }, made].find(isResult) ?? { type, call_id, output: text };
}

/** An item that came from the API and goes back to it: no type of ours says what is in it. */
function asCame(item: unknown): OpenAiResponsesItem {
  return item as JsonObject as unknown as OpenAiResponsesItem;
}
