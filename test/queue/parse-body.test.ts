import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { InvalidMessageError, parseBody } from '../../lib/queue/index.ts';

const schema = z.strictObject({ name: z.string(), ids: z.array(z.int()).default([]) });

function refusalOf(body: string): string {
  try {
    parseBody(schema, body);
  } catch (error) {
    if (error instanceof InvalidMessageError) return error.message;
    throw error;
  }
  throw new Error('It was taken');
}

describe('why a body cannot be understood', () => {
  it('is said by its fields, never by what is in them', () => {
    expect(refusalOf('{"name":1,"secret":"s3cr3t"}')).toMatch(
      /name: Invalid input: expected string.*; body: unknown field "secret"/,
    );
    expect(refusalOf('{"name":1,"secret":"s3cr3t"}')).not.toContain('s3cr3t');
    expect(refusalOf('s3cr3t')).not.toContain('s3cr3t');
  });

  it.each([
    ['an unknown field of a control character', JSON.stringify({ '\u0001': 1 })],
    ['an unknown field of half an emoji', '{"\\ud83d":1}'],
    ['a field as long as a message may be', JSON.stringify({ ['k'.repeat(1_000_000)]: 1 })],
    [
      'a hundred thousand fields',
      JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, n]))),
    ],
    ['a hundred thousand mistakes', JSON.stringify({ name: 'n', ids: Array(100_000).fill('x') })],
    ['100,000 nested arrays', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['nothing', ''],
    ['null', 'null'],
  ])('is short and well-formed for %s', (_what, body) => {
    const refusal = refusalOf(body);
    expect(refusal.length).toBeLessThan(1_000);
    expect(refusal.isWellFormed()).toBe(true);
    expect(refusal).not.toMatch(/\p{Cc}/u);
  });

  it('counts what it does not name', () => {
    const refusal = refusalOf(JSON.stringify({ name: 'n', ids: Array(25).fill('x') }));
    expect(refusal.match(/ids\.\d+:/g)).toHaveLength(10);
    expect(refusal).toContain('and 15 more');
    expect(refusalOf('{"name":"n","a":1,"b":1,"c":1,"d":1}')).toContain(
      '4 unknown fields, such as "a", "b", "c"',
    );
  });
});
