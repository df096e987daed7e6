import type { ContentPart, JsonObject, JsonValue } from '../../messages/index.ts';
// Past the index, which does not offer it.
import { sameJson } from '../../messages/same-json.ts';
import { isObject, textField } from './json-fields.ts';
import { readMedia } from './media.ts';
import { writeBlock } from './write-block.ts';

const UNKNOWN_TOOL = 'unknown';

/**
 * A block as a part of ours. What the part has no word for is kept under `strands`: further fields of the block, or, where
 * it would not come back the same even so, the block itself.
 *
 * @param toolNames of the calls so far, by id; a call is added.
 */
export function readBlock(block: JsonObject, toolNames: Map<string, string>): ContentPart {
  const part = readKnown(block, toolNames) ?? { type: 'strands' };
  if (part.type === 'tool-call') toolNames.set(String(part['toolCallId']), String(part['toolName']));
  const whole = { ...part, strands: { block } };
  return [part, withFields(part, block)].find((one) => sameJson(writeBlock(one), block)) ?? whole;
}

/** Keeps those fields of a block that the part does not say. */
function withFields(part: ContentPart, block: JsonObject): ContentPart {
  const [kind = '', value] = Object.entries(block)[0] ?? [];
  const said = writeBlock(part)[kind];
  if (!isObject(value) || !isObject(said)) return part;
  const unsaid = Object.entries(value).filter(([field, one]) => !sameJson(one, said[field]));
  return { ...part, strands: { fields: Object.fromEntries(unsaid) } };
}

/** A block has one field, which says what it is. */
function readKnown(block: JsonObject, toolNames: ReadonlyMap<string, string>): ContentPart | undefined {
  const [kind = '', value] = Object.entries(block)[0] ?? [];
  if (kind === 'text' && typeof value === 'string') return { type: 'text', text: value };
  if (!isObject(value)) return undefined;
  switch (kind) {
    case 'toolUse':
      return readCall(value);
    case 'toolResult':
      return readResult(value, toolNames);
    case 'reasoning':
      return { type: 'reasoning', text: textField(value, 'text') ?? '' };
    case 'citations':
      return { type: 'text', text: citedText(value['content']) };
    case 'guardContent':
      return { type: 'text', text: textField(value['text'], 'text') ?? '' };
    case 'image':
    case 'document':
    case 'video':
    case 'audio':
      return readMedia(kind, value);
    default:
      return undefined;
  }
}

function readCall(fields: JsonObject): ContentPart | undefined {
  const [toolCallId, toolName] = [textField(fields, 'toolUseId'), textField(fields, 'name')];
  if (!toolCallId || !toolName) return undefined;
  return { type: 'tool-call', toolCallId, toolName, input: fields['input'] ?? null };
}

function readResult(fields: JsonObject, toolNames: ReadonlyMap<string, string>): ContentPart | undefined {
  const toolCallId = textField(fields, 'toolUseId');
  const content = fields['content'];
  if (!toolCallId || !Array.isArray(content)) return undefined;
  return {
    type: 'tool-result',
    toolCallId,
    toolName: toolNames.get(toolCallId) ?? UNKNOWN_TOOL,
    output: readOutput(content),
    isError: fields['status'] === 'error',
  };
}

/** The one thing that a tool returned, or parts. */
function readOutput(content: readonly JsonObject[]): JsonValue {
  const [only, ...others] = content;
  if (only && others.length === 0 && Object.hasOwn(only, 'json')) return only['json'] ?? null;
  const text = others.length === 0 ? textField(only, 'text') : undefined;
  return text ?? content.map((block) => readBlock(block, new Map()));
}

function citedText(content: JsonValue | undefined): string {
  return Array.isArray(content) ? content.map((one) => textField(one, 'text') ?? '').join('') : '';
}
