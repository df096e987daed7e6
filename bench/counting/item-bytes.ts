import { z } from 'zod';

/** DynamoDB counts 3 bytes for each list or map, and 1 for each of its elements. */
const CONTAINER_BYTES = 3;
const ELEMENT_BYTES = 1;

const text = (value: string) => Buffer.byteLength(value);

/** A sign or an exponent takes a byte, and two digits share one: an approximation, as AWS says itself. */
const numberBytes = (value: string) =>
  1 + Math.ceil(value.replace(/[^0-9]/g, '').replace(/^0+|0+$/g, '').length / 2);

type AttributeValue = Readonly<Record<string, unknown>>;
const itemSchema = z.record(z.string(), z.record(z.string(), z.unknown()));

/**
 * The size of an item on the wire, as AWS counts it: names and values, strings in UTF-8.
 *
 * @throws Error for a type that the table does not use.
 */
export function itemBytes(item: unknown): number {
  return Object.entries(itemSchema.parse(item)).reduce(
    (bytes, [name, value]) => bytes + text(name) + valueBytes(value),
    0,
  );
}

function valueBytes(value: AttributeValue): number {
  const [[type, held] = ['', undefined]] = Object.entries(value);
  if (type === 'S') return text(String(held));
  if (type === 'N') return numberBytes(String(held));
  if (type === 'B') return Buffer.from(String(held), 'base64').length;
  if (type === 'BOOL' || type === 'NULL') return 1;
  if (type === 'L') {
    const elements = z.array(z.record(z.string(), z.unknown())).parse(held);
    return elements.reduce((bytes, one) => bytes + ELEMENT_BYTES + valueBytes(one), CONTAINER_BYTES);
  }
  if (type === 'M') {
    const size = Object.keys(itemSchema.parse(held)).length;
    return CONTAINER_BYTES + size * ELEMENT_BYTES + itemBytes(held);
  }
  throw new Error(`The table holds no attributes of the type '${type}'.`);
}
