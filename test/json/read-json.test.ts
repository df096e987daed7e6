import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_JSON_DEPTH, readJson } from '../../lib/json/index.ts';

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

function problemsOf(text: string) {
  const reading = readJson(text);
  return reading.kind === 'inexact' ? reading.problems : [];
}

describe('a JSON text', () => {
  it('gives the value that JSON.parse gives, for anything that JSON can say', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'large' }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        fc.pre(!text.includes('-0') && text.isWellFormed() && !/\\u[dD][89a-fA-F]/.test(text));
        expect(readJson(text)).toEqual({ kind: 'exact', value: JSON.parse(text) });
      }),
    );
  });

  it('keeps keys that mean something to JavaScript', () => {
    const text = '{"__proto__":{"a":1},"constructor":{"prototype":null},"toJSON":1,"":{"__proto__":[]}}';
    const reading = readJson(text);
    expect(reading.kind === 'exact' && JSON.stringify(reading.value)).toBe(text);
  });

  it('keeps NUL and other control characters, and those outside the basic plane', () => {
    const value = { text: '\u0000\u0001\u001b\u007f\u0085\u2028\ufffe\ufffd', '\u0000': '😀👩‍👩‍👧é' };
    expect(readJson(JSON.stringify(value))).toEqual({ kind: 'exact', value });
  });

  it('may begin with a byte order mark', () => {
    expect(readJson('\ufeff{"a":1}')).toEqual({ kind: 'exact', value: { a: 1 } });
    expect(readJson('\ufeff\ufeff{}').kind).toBe('malformed');
  });

  it.each(['', '{', '{"a":1,}', '[1 2]', '"\u0001"', '01', "{'a':1}", 'NaN', '{"a":\ud83d}', '"secret" x'])(
    'that is none is malformed, and not repeated: %j',
    (text) => {
      const reading = readJson(text);
      expect(reading.kind).toBe('malformed');
      const reason = reading.kind === 'malformed' ? reading.reason : '';
      expect(reason.isWellFormed()).toBe(true);
      expect(reason).not.toBe('');
      expect(reason).not.toContain('secret');
    },
  );

  it.each([
    ['{"a":1,"a":1}', 'a'],
    ['{"m":[{"x":{"b":1,"c":2,"b":3}}]}', 'm[0].x.b'],
    ['{"\\u0061":1,"a":2}', 'a'],
    ['[{"two words":1},{"two words":1,"two words":2}]', '[1]["two words"]'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"":0,"":0}', '[""]'],
  ])('has each key once: %s', (text, field) => {
    expect(problemsOf(text)).toEqual([{ field, message: expect.stringMatching(/twice/) }]);
  });

  it('may have the same key in different objects, and as a value', () => {
    expect(readJson('[{"a":"a"},{"a":{"a":["a","a"]}},"a"]').kind).toBe('exact');
  });

  it.each([
    ['{"a":"\\ud83d"}', 'a'],
    ['{"a":["x","\\udc00 y"]}', 'a[1]'],
    ['{"a":"\\udc00\\ud83d"}', 'a'],
    ['["\\uD83D\\u0041"]', '[0]'],
    ['"\\ud83d"', ''],
  ])('has no a lone surrogate: %s', (text, field) => {
    expect(problemsOf(text)).toEqual([{ field, message: expect.stringMatching(/surrogate/) }]);
  });

  it('has none in its keys either, and the name of the field is text', () => {
    const [problem] = problemsOf('{"a":{"\\ud83d":1}}');
    expect(problem?.message).toMatch(/key/);
    expect(problem?.field.isWellFormed()).toBe(true);
  });

  it.each(['"\\ud83d\\ude00"', '"\\\\ud83d"', '"\\\\"', '"\\"{[,:"', '{"\\\\":"\\\\\\"","b":"]"}'])(
    'may have what only looks like one, or like the end of a text: %s',
    (text) => {
      expect(readJson(text)).toEqual({ kind: 'exact', value: JSON.parse(text) });
    },
  );

  it('is nested at most 64 deep', () => {
    expect(readJson(nested(MAX_JSON_DEPTH)).kind).toBe('exact');
    expect(problemsOf(nested(MAX_JSON_DEPTH + 1))).toMatchObject([{ message: /more than 64 deep/ }]);
    expect(problemsOf(`{"a":${'{"b":'.repeat(64)}1${'}'.repeat(64)}}`)).toMatchObject([
      { field: expect.stringMatching(/^a\.b\.b\.b/) },
    ]);
  });

  it('is refused with few and short words, however much is wrong with it', () => {
    const long = 'k'.repeat(200_000);
    const texts = [
      `[${'1e400,'.repeat(150_000)}0]`,
      `[${'"\\ud800",'.repeat(100_000)}0]`,
      `{${'"a":1,'.repeat(150_000)}"a":1}`,
      `{"${long}":{"${long}":1e999}}`,
      `{"${'\\u0001'.repeat(50_000)}":-0}`,
      nested(500_000),
      '['.repeat(500_000),
      '{"a":'.repeat(200_000),
      `[${'"\\\\'.repeat(3)}${'\\\\'.repeat(300_000)}"]`,
      `${'9'.repeat(1_000_000)}`,
      `0.${'0'.repeat(500_000)}1${'0'.repeat(400_000)}1`,
      `1e${'9'.repeat(500_000)}`,
    ];
    for (const text of texts) {
      const reading = readJson(text);
      expect(reading.kind).not.toBe('exact');
      expect(JSON.stringify(reading).length).toBeLessThan(4_000);
      if (reading.kind === 'inexact') expect(reading.problems.length).toBeLessThanOrEqual(10);
    }
  });
});
