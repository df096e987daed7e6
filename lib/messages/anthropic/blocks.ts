import type { ContentPart, JsonObject, JsonValue } from '../content.ts';
import { describeOutput, describePart } from '../describe-part.ts';
import { UNKNOWN_TOOL } from '../fit-calls.ts';
import { kept, ownOf, unkept, withOwn } from '../own.ts';
import { isFilePart, isReasoningPart, isTextPart, isToolCallPart, isToolResultPart } from '../parts.ts';
import { partsOfOutput } from '../parts-of-output.ts';
import { sameJson } from '../same-json.ts';
import { isObject } from '../shape.ts';
import { readFile, writeFile } from './files.ts';
import { type Block, isBlock, isResultBlock } from './message.ts';

const PEER = 'anthropic';

/**
 * A block as a part: one of ours where that comes back the same, else as it came.
 *
 * @param toolNames of the calls so far, by id; a call is added.
 */
export function readBlock(block: JsonValue, toolNames: Map<string, string>): ContentPart {
  const part = isBlock(block) ? readKnown(block, toolNames) : undefined;
  if (!part || !sameJson(writeBlock(part), block)) return kept(PEER, block);
  if (isToolCallPart(part)) toolNames.set(part.toolCallId, part.toolName);
  return part;
}

function readKnown(block: Block, toolNames: Map<string, string>): ContentPart | undefined {
  switch (block.type) {
    case 'text': {
      const { type, text, ...own } = block;
      return { type, text, ...withOwn(PEER, own) };
    }
    case 'thinking': {
      const { type: _, thinking, ...own } = block;
      return { type: 'reasoning', text: thinking, ...withOwn(PEER, own) };
    }
    case 'tool_use': {
      const { type: _, id, name, input, ...own } = block;
      if (id === '' || name === '') return undefined;
      const call = { toolCallId: id, toolName: name, input: input as JsonValue };
      return { type: 'tool-call', ...call, ...withOwn(PEER, own) };
    }
    case 'tool_result': {
      const { type: _, tool_use_id: id, content, is_error: isError, ...own } = block;
      if (id === '') return undefined;
      return {
        type: 'tool-result',
        toolCallId: id,
        toolName: toolNames.get(id) ?? UNKNOWN_TOOL,
        ...readOutput(content as JsonValue | undefined, own, toolNames),
        ...(isError !== undefined && { isError }),
      };
    }
    case 'image':
    case 'document':
      return readFile(block);
    default:
      return undefined;
  }
}

function readOutput(
  content: JsonValue | undefined,
  own: JsonObject,
  toolNames: Map<string, string>,
): JsonObject {
  if (!Array.isArray(content)) return { output: content ?? null, ...withOwn(PEER, own) };
  if (content.length === 0) return { output: null, ...withOwn(PEER, { ...own, content: 'blocks' }) };
  const blocks: readonly JsonValue[] = content;
  return { output: blocks.map((block) => readBlock(block, toolNames)), ...withOwn(PEER, own) };
}

/**
 * A part as a block, with what the part keeps for this peer, unless that has become something that the API does not
 * know; `undefined` if there is no such block.
 */
export function writeBlock(part: ContentPart): Block | undefined {
  return [ownOf(PEER, part), {}].map((own) => writeWith(part, own)).find(isBlock);
}

function writeWith(part: ContentPart, own: JsonObject): unknown {
  if (isTextPart(part)) return { ...own, type: 'text', text: part.text };
  if (isReasoningPart(part)) return { ...own, type: 'thinking', thinking: part.text };
  if (isToolCallPart(part)) {
    const input = isObject(part.input) ? part.input : { value: part.input };
    return { ...own, type: 'tool_use', id: part.toolCallId, name: part.toolName, input };
  }
  if (isToolResultPart(part)) {
    const { content: form, ...others } = own;
    const content = writeOutput(part.output, form);
    return {
      ...others,
      type: 'tool_result',
      tool_use_id: part.toolCallId,
      ...(content !== undefined && { content }),
      ...(part.isError !== undefined && { is_error: part.isError }),
    };
  }
  return part.type === 'file' ? writeFile(part, own) : unkept(PEER, part);
}

/** A text, or blocks; nothing for `null`. */
function writeOutput(output: JsonValue, form: unknown): string | readonly unknown[] | undefined {
  if (output === null) return form === 'blocks' ? [] : undefined;
  const parts = partsOfOutput(output, (part) => isResultBlock(unkept(PEER, part)));
  return parts?.map(writeResultBlock).filter((block) => !isBlank(block)) ?? describeOutput(output);
}

function writeResultBlock(part: ContentPart): unknown {
  const block = isTextPart(part) || isFilePart(part) ? writeBlock(part) : unkept(PEER, part);
  return isResultBlock(block) ? block : { type: 'text', text: describePart(part) };
}

/** The API refuses texts without anything to read in them. */
export function isBlank(block: unknown): boolean {
  return isObject(block) && block['type'] === 'text' && String(block['text']).trim() === '';
}
