import { arrangeTurns, type Turn } from '../arrange-turns.ts';
import type { CanonicalMessage, ContentPart, JsonObject, ToolCallPart, ToolResultPart } from '../content.ts';
import { describeOutput, describePart } from '../describe-part.ts';
import { isEmptyOf, ownOf, unkept } from '../own.ts';
import { isTextPart, isToolCallPart, isToolResultPart } from '../parts.ts';
import { partsOfOutput } from '../parts-of-output.ts';
import { rawInputOf } from '../raw-input.ts';
import { isLonger, writeAnswer, writeReasoning } from './answers.ts';
import { writeInputBlock, writeResultBlock } from './blocks.ts';
import {
  antecedentOf,
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

/** The ids of calls so far. */
interface Calls {
  /** Of those whose input is a text. */
  readonly custom: Set<string>;
  /** Of those to the API's own tools. */
  readonly own: Set<string>;
}

/**
 * Canonical messages as items that OpenAI's responses API takes, whatever they are. What the API has no word for, a call
 * that nobody answered and a result without its call become texts that say what they are; so does reasoning that did not
 * come from the API. Only calls at the end may wait for results.
 *
 * Items of the API's own tools come back as they came; what is in them is not looked at.
 */
export function toOpenAiResponses(messages: readonly CanonicalMessage[]): OpenAiResponsesItem[] {
  const options = { maxIdLength: MAX_CALL_ID_LENGTH, maxNameLength: MAX_NAME_LENGTH, mayResultsWait: true };
  const calls: Calls = { custom: new Set(), own: new Set() };
  const isBeside = (part: ContentPart, { role }: CanonicalMessage) =>
    role === 'tool' && ownItemRoles.tool(unkept(PEER, part));
  return arrangeTurns(messages, { ...options, isBeside }).flatMap((turn) => writeTurn(turn, calls));
}

function writeTurn(turn: Turn, calls: Calls): OpenAiResponsesItem[] {
  switch (turn.speaker) {
    case 'assistant':
      return writeAnswers(turn.parts, calls);
    case 'tool':
      return turn.parts.map((part) =>
        isToolResultPart(part) ? writeResult(part, calls) : writeOwnResult(part, calls),
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

function writeAnswers(parts: readonly ContentPart[], calls: Calls): OpenAiResponsesItem[] {
  const items: OpenAiResponsesItem[] = [];
  for (const part of parts.filter(isSaying)) {
    const before = items.at(-1);
    const item = writePart(part, before, calls);
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
  calls: Calls,
): OpenAiResponsesItem {
  if (isToolCallPart(part)) return writeCall(part, calls);
  const own = unkept(PEER, part);
  if (ownItemRoles.assistant(own)) {
    const { call_id: id } = own as { readonly call_id?: unknown };
    if (typeof id === 'string') calls.own.add(id);
    return asCame(own);
  }
  return (
    writeAnswer(part, before) ?? writeReasoning(part) ?? { role: 'assistant', content: describePart(part) }
  );
}

function writeCall(part: ToolCallPart, { custom }: Calls): OpenAiResponsesItem {
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

function writeResult(part: ToolResultPart, { custom }: Calls): OpenAiResponsesItem {
  const { toolCallId: call_id, output } = part;
  const type = custom.has(call_id) ? 'custom_tool_call_output' : 'function_call_output';
  const parts = partsOfOutput(output, (one) => isResultBlock(unkept(PEER, one)));
  const write = type === 'function_call_output' ? writeResultBlock : writeInputBlock;
  const text = describeOutput(output);
  const made = { type, call_id, output: parts ? parts.map(write) : text };
  return [{ ...ownOf(PEER, part), ...made }, made].find(isResult) ?? { type, call_id, output: text };
}

/** What a tool of the API's own returned needs the call before it. */
function writeOwnResult(part: ContentPart, calls: Calls): OpenAiResponsesItem {
  const item = unkept(PEER, part);
  const antecedent = antecedentOf(item);
  if (antecedent === undefined || calls.own.has(antecedent)) return asCame(item);
  return { role: 'user', content: `[tool] ${describePart(part)}` };
}

/** An item that came from the API and goes back to it: no type of ours says what is in it. */
function asCame(item: unknown): OpenAiResponsesItem {
  return item as JsonObject as unknown as OpenAiResponsesItem;
}
