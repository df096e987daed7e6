import { isBase64 } from './base64.ts';
import type { ContentPart, JsonValue } from './content.ts';
import { isObject } from './shape.ts';

/**
 * The parts that a tool returned; `undefined` if its output is none, but a text or any other JSON. Parts are a list of
 * objects that each have a `type`, with at least one text or file among them.
 *
 * @param isOwn says of further parts that they are known.
 */
export function partsOfOutput(
  output: JsonValue,
  isOwn: (part: ContentPart) => boolean = () => false,
): readonly ContentPart[] | undefined {
  if (!Array.isArray(output)) return undefined;
  const items: readonly unknown[] = output;
  if (!items.every(isPart)) return undefined;
  return items.some((part) => isPlain(part) || isOwn(part)) ? items : undefined;
}

const unknownHere = new Set(['reasoning', 'tool-call', 'tool-result']);

function isPart(value: unknown): value is ContentPart {
  if (!isObject(value)) return false;
  const { type } = value;
  if (typeof type !== 'string' || type === '' || unknownHere.has(type)) return false;
  return (type !== 'text' && type !== 'file') || isPlain(value);
}

function isPlain(part: { readonly [field: string]: unknown }): boolean {
  if (part['type'] === 'text') return typeof part['text'] === 'string';
  if (part['type'] !== 'file') return false;
  const { mediaType, url, data, name } = part;
  return (
    typeof mediaType === 'string' &&
    (name === undefined || typeof name === 'string') &&
    (data === undefined
      ? typeof url === 'string' && url !== ''
      : url === undefined && typeof data === 'string' && isBase64(data))
  );
}
