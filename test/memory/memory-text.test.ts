import { describe, expect, it } from 'vitest';
import { memoryTextSchema } from '../../lib/memory/index.ts';

describe('the text of a memory', () => {
  it.each([
    ['empty', '', false],
    ['blank', ' \n', false],
    ['with a control character', 'a\u001b[31m', false],
    ['with half a character', 'half \ud83d', false],
    ['longer than 1,000 characters', 'x'.repeat(1_001), false],
    ['of 1,000 characters', 'x'.repeat(1_000), true],
    ['of any script', 'アンは寿司が好きです。', true],
    ['of two lines', 'one\ntwo', true],
  ])('%s is taken or not', (_what, text, isTaken) =>
    expect(memoryTextSchema.safeParse(text).success).toBe(isTaken),
  );
});
