import type { CanonicalMessage, ContentPart, JsonObject, ToolCallPart, ToolResultPart } from '../content.ts';
import { describePart } from '../describe-part.ts';
import { ownOf, unkept } from '../own.ts';
import { isReasoningPart, isTextPart, isToolCallPart, isToolResultPart, partsOf } from '../parts.ts';
import { rawInputOf } from '../raw-input.ts';
import { saidByTool } from '../said-by-tool.ts';
import { isObject } from '../shape.ts';
import { writeBlock } from './blocks.ts';
import { PEER } from './item.ts';
import { writeOutput } from './output.ts';

type Said = Pick<CanonicalMessage, 'role' | 'content' | 'metadata'>;

/**
 * A canonical message as items of OpenAI's Agents SDK, whatever it is: one, if it came from there, else one for each call,
 * each result, and what is said between them. What the SDK has no word for becomes a text that says what it is.
 */
export function toOpenAiAgents(message: Said): JsonObject[] {
  const own = ownOf(PEER, message.metadata);
  const [first, ...others] = partsOf(message.content);
  if (own['asCame'] === true && first && others.length === 0) {
    const item = unkept(PEER, first);
    if (isObject(item) && !isTextPart(first)) return [item as JsonObject];
  }
  if (own['type'] === 'reasoning' && partsOf(message.content).every(isReasoningPart)) {
    return [{ ...own, content: partsOf(message.content).map(writeThought) }];
  }
  const turns = inTurns(message);
  return turns.map((turn) => writeTurn(turn, message, turns.length === 1 ? own : {}));
}

function writeThought(part: ContentPart): JsonObject {
  return { ...ownOf(PEER, part), type: 'input_text', text: part['text'] };
}

/** Calls and results each by itself, and what stands between them together. */
function inTurns({ content }: Said): ContentPart[][] {
  const turns: ContentPart[][] = [];
  for (const part of partsOf(content)) {
    const last = turns.at(-1);
    if (last && !isAlone(part) && !isAlone(last[0])) last.push(part);
    else turns.push([part]);
  }
  return turns;
}

function isAlone(part: ContentPart | undefined): boolean {
  return part !== undefined && (isToolCallPart(part) || isToolResultPart(part));
}

function writeTurn(parts: readonly ContentPart[], message: Said, own: JsonObject): JsonObject {
  const [first] = parts;
  if (first && isToolCallPart(first)) return writeCall(first, own);
  if (first && isToolResultPart(first)) return writeResult(first, own);
  switch (message.role) {
    case 'system':
      return { ...own, role: 'system', content: parts.map(describePart).join('\n') };
    case 'assistant': {
      const rest = Object.keys(own).length > 0 ? own : { type: 'message', status: 'completed' };
      return { ...rest, role: 'assistant', content: parts.map((part) => writeBlock(part, 'assistant')) };
    }
    case 'tool':
      return { role: 'user', content: parts.map((part) => saidByTool(part, message).text).join('\n') };
    case 'user': {
      const isString = typeof message.content === 'string';
      const blocks = parts.map((part) => writeBlock(part, 'user'));
      return { ...own, role: 'user', content: isString ? message.content : blocks };
    }
  }
}

function writeCall(part: ToolCallPart, own: JsonObject): JsonObject {
  const { toolCallId: callId, toolName: name } = part;
  const rest = Object.keys(own).length > 0 ? own : { status: 'completed' };
  return { ...rest, type: 'function_call', callId, name, arguments: rawInputOf(part) };
}

function writeResult(part: ToolResultPart, own: JsonObject): JsonObject {
  const { toolCallId: callId, toolName: name } = part;
  const rest = Object.keys(own).length > 0 ? own : { status: 'completed' };
  const output = writeOutput(part.output, ownOf(PEER, part)['form']);
  return { ...rest, type: 'function_call_result', callId, name, output };
}
