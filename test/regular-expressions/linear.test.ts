import { describe, expect, test } from 'vitest';
import { expressionsInLib } from './expressions-in-lib.ts';
import { worstGrowth } from './worst-growth.ts';

const expressions = await expressionsInLib();
describe('a regular expression of lib is done with the worst 64 KB in steps that grow as the input does', () => {
  test.each(expressions)('$file: /$pattern/$flags', (expression) => {
    expect(worstGrowth(expression)).toMatchObject({ isLinear: true });
  });
});

describe('the search for the worst input', () => {
  test('finds every literal and every constructed expression', () => {
    const files = expressions.map(({ file }) => file);
    expect(files).toEqual(
      expect.arrayContaining(['lib/session/name-pattern.ts', 'lib/tokens/estimate-tokens.ts']),
    );
    expect(expressions.map(({ pattern }) => pattern)).toContainEqual(
      expect.stringContaining('thinking|thought'),
    );
  });

  test.each([
    [String.raw`\*\*(?=\S)([^\n]*?\S)\*\*`, 'g'],
    [String.raw`[\s.,;]+$`, ''],
    [String.raw`^(?:\w+ ?)+$`, ''],
    ['^(?:a|a)*$', ''],
    [String.raw`\p{Lu}[\p{L}\p{M}]*(?:['-]\p{Lu}?[\p{L}\p{M}]{2,})*[\p{L}\p{M}]'s`, 'u'],
    ['^[A-Za-z]+([_-]?[A-Za-z]+){0,9}$', ''],
    [String.raw` for .+? is .*\d`, ''],
    [String.raw`(?<=x\s*)\s*y`, ''],
    ['a(?=.*b)', ''],
    [String.raw`\s*--+\s*(?=I)`, ''],
  ])('knows /%s/%s as bad', (pattern, flags) => {
    expect(worstGrowth({ pattern, flags })).toMatchObject({ isLinear: false });
  });

  test.each([
    [String.raw`^(?:\w+ )*\w+$`, ''],
    ['"[^"]*"', 'g'],
    [String.raw`\bI (?:am|was) (?<what>.+)`, 'i'],
    [String.raw`(?<!\w)a{0,30}b`, ''],
  ])('knows /%s/%s as good', (pattern, flags) => {
    expect(worstGrowth({ pattern, flags })).toMatchObject({ isLinear: true });
  });

  test('refuses what refers back to what was matched', () => {
    expect(() => worstGrowth({ pattern: String.raw`(a|b).*\1`, flags: '' })).toThrow('cannot be bounded');
  });
});
