import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../lib/json/parse-json.ts';

/** Keys whose texts have a backslash, or need one; none that is an index, which objects put first. */
const keys = fc.string({
  unit: fc.constantFrom('\\', '"', 'n', '\n', 'u', '__proto__', 'ü'),
  maxLength: 4,
});
const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, 1, 'text', '\\":'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(keys, tie('value')), { maxLength: 3 }).map((entries) => new Map(entries)),
  ),
}));

/** The text of a value whose objects are maps, written by nobody but this test. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  if (!(value instanceof Map)) return JSON.stringify(value);
  return `{${[...value].map(([key, inner]) => `${JSON.stringify(key)} : ${textOf(inner)}`).join(',')}}`;
}

describe('the value of a JSON text', () => {
  it.each([
    ['{"x":1,"\\\\":2}', '{"x":1,"\\"":2}', ['x', '"']],
    ['{"y":1,"\\\\":2}', '{"y":1,"\\u0022":2}', ['y', '"']],
    ['{"w":1,"ab\\\\":2}', '{"w":1,"ab\\"":2}', ['w', 'ab"']],
  ])('has its own keys, whatever was parsed before: %s, then %s', (before, text, expected) => {
    parseJson(before);
    expect(Object.keys(parseJson(text) as object)).toEqual(expected);
  });

  it('is that of the text, with keys and texts of any kind', () => {
    fc.assert(
      fc.property(values, (value) => {
        const text = textOf(value);
        expect(JSON.stringify(parseJson(text))).toBe(text.replaceAll(' : ', ':').replaceAll(', ', ','));
      }),
    );
  });

  it('keeps a key __proto__ as a key, and leaves prototypes alone', () => {
    const value = parseJson('{"\\"":1,"__proto__":{"a":1},"\\u005f_proto__x":2}') as object;
    expect(Object.keys(value)).toEqual(['"', '__proto__', '__proto__x']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('is refused where the text is no JSON', () => {
    expect(() => parseJson('{"\\"":}')).toThrow(SyntaxError);
  });
});
