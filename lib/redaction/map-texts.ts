import { type ContentPart, isFilePart, type JsonValue } from '../messages/index.ts';
import type { Message } from '../session/index.ts';

/** Changes one text of a message; `field` is the name of the JSON field that holds it, where it is in one. */
type TextChange = (text: string, field?: string) => string;

/**
 * A message with each of its texts changed: what it says, what tools are called with and return, and its metadata. The
 * data of files stay: no model is given them. A number that a change alters becomes a text.
 */
export function mapTexts(message: Message, change: TextChange): Message {
  const { content, metadata } = message;
  return {
    ...message,
    content: typeof content === 'string' ? change(content) : content.map((part) => mapPart(part, change)),
    ...(metadata !== undefined && { metadata: mapFields(metadata, change, new Set()) }),
  };
}

const ADDRESSES = new Set(['type', 'toolCallId', 'toolName', 'mediaType']);

function mapPart(part: ContentPart, change: TextChange): ContentPart {
  return mapFields(part, change, isFilePart(part) ? new Set([...ADDRESSES, 'data']) : ADDRESSES);
}

function mapFields<T extends object>(fields: T, change: TextChange, kept: ReadonlySet<string>): T {
  const entries = Object.entries(fields).map(([name, value]: [string, JsonValue | undefined]) => [
    name,
    value === undefined || kept.has(name) ? value : mapValue(value, change, name),
  ]);
  return Object.fromEntries(entries) as T;
}

/** Nesting is bounded by what is accepted (`MAX_JSON_DEPTH`). */
function mapValue(value: JsonValue, change: TextChange, field: string): JsonValue {
  if (typeof value === 'string') return change(value, field);
  if (typeof value === 'number') {
    const changed = change(String(value), field);
    return changed === String(value) ? value : changed;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: JsonValue) => mapValue(one, change, field));
  return mapFields(value, change, new Set());
}
