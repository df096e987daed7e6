import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../lib/messages/index.ts';

/** Says something. */
export const texts = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((text) => text.trim() !== '');

/**
 * Whether a value has no key that ends with a backslash: once V8 of Node 24.21 has parsed one, it mistakes the next key
 * that has a quotation mark in that place for it.
 */
export const isParsedRight = (value: unknown) => !JSON.stringify(value).includes('\\\\":');

/** Without -0, which JSON does not know. */
export const jsonValues = fc
  .jsonValue({ maxDepth: 2 })
  .filter(isParsedRight)
  .map((value): JsonValue => JSON.parse(JSON.stringify(value)));
export const jsonObjects = fc
  .dictionary(fc.string({ maxLength: 8 }), jsonValues, { maxKeys: 4 })
  .filter(isParsedRight) as fc.Arbitrary<JsonObject>;

export const base64 = fc
  .uint8Array({ minLength: 1, maxLength: 40 })
  .map((bytes) => Buffer.from(bytes).toString('base64'));

/** Ids and names of tools that every provider takes. */
export const ids = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/);
export const toolNames = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,30}$/);

export const urls = fc.webUrl({ withQueryParameters: true }).map((url) => new URL(url).href);

/** What a model writes as arguments: not always JSON, and not always JSON that is kept. */
export const rawArguments = fc.oneof(
  jsonObjects.map((value) => JSON.stringify(value)),
  jsonObjects.map((value) => JSON.stringify(value, null, 2)),
  jsonValues.map((value) => ` ${JSON.stringify(value)}`),
  fc.string(),
  fc.constantFrom(
    '',
    '{"city":"Ber',
    '{"big": 9007199254740993}',
    '{"much":1e400}',
    '{"a":1,"a":2}',
    '{"half":"\\ud800"}',
    '{"__proto__":{"admin":true}}',
    '{"nu\\u006cl":null}',
    '-0',
  ),
);

/** An object that has these fields, and some of those. */
export function record<Needed extends object, Optional extends object>(
  needed: { [K in keyof Needed]: fc.Arbitrary<Needed[K]> },
  optional: { [K in keyof Optional]: fc.Arbitrary<Optional[K]> },
): fc.Arbitrary<Needed & Partial<Optional>> {
  return fc
    .tuple(fc.record(needed), fc.record(optional, { requiredKeys: [] }))
    .map(([one, other]) => ({ ...one, ...other }) as Needed & Partial<Optional>);
}

/**
 * A conversation of parts that each are told a word of their own, for ids.
 */
export function conversations<Message>(
  parts: fc.Arbitrary<(word: string) => readonly Message[]>,
  maxLength = 6,
): fc.Arbitrary<Message[]> {
  return fc
    .array(parts, { minLength: 1, maxLength })
    .map((makers) => makers.flatMap((make, index) => make(`_${index}`)));
}
