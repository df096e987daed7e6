import {
  type ContentPart,
  describePart,
  isFilePart,
  isReasoningPart,
  isTextPart,
  isToolCallPart,
  isToolResultPart,
  type JsonObject,
  type JsonValue,
} from '../../messages/index.ts';
import { isObject } from './json-fields.ts';
import { writeMedia } from './media.ts';

/** A part as a block of Strands: the one that it was, or one that says the same. */
export function writeBlock(part: ContentPart): JsonObject {
  return blockOf(part) ?? withFields(writeKnown(part), keptOf(part)['fields']);
}

/** What a part keeps because no part of ours says it. */
function keptOf({ strands }: ContentPart): JsonObject {
  return isObject(strands) ? strands : {};
}

function blockOf(part: ContentPart): JsonObject | undefined {
  const { block } = keptOf(part);
  return isObject(block) ? block : undefined;
}

function withFields(block: JsonObject, fields: JsonValue | undefined): JsonObject {
  const [kind = '', value] = Object.entries(block)[0] ?? [];
  return isObject(value) && isObject(fields) ? { [kind]: { ...value, ...fields } } : block;
}

function writeKnown(part: ContentPart): JsonObject {
  if (isTextPart(part)) return { text: part.text };
  if (isReasoningPart(part)) return { reasoning: { text: part.text } };
  if (isToolCallPart(part)) {
    return { toolUse: { name: part.toolName, toolUseId: part.toolCallId, input: part.input } };
  }
  if (isToolResultPart(part)) {
    const status = part.isError === true ? 'error' : 'success';
    return { toolResult: { toolUseId: part.toolCallId, status, content: writeOutput(part.output) } };
  }
  return writeMedia(part) ?? { text: describePart(part) };
}

function writeOutput(output: JsonValue): readonly JsonObject[] {
  if (typeof output === 'string') return [{ text: output }];
  return isParts(output) ? output.map(writeResultBlock) : [{ json: output }];
}

/** A result has texts and files, and what it had before. */
function writeResultBlock(part: ContentPart): JsonObject {
  const isSaid = isTextPart(part) || isFilePart(part) || blockOf(part) !== undefined;
  return isSaid ? writeBlock(part) : { text: describePart(part) };
}

const isParts = (output: JsonValue): output is readonly ContentPart[] =>
  Array.isArray(output) && output.every((one) => isObject(one) && typeof one['type'] === 'string');
