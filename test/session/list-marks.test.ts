import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commitMark, sessionMark } from '../../lib/session/index.ts';

const HOUR_MS = 60 * 60 * 1000;
const times = fc.integer({ min: 2 * HOUR_MS, max: Date.parse('2286-11-20T00:00:00Z') });
const names = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);
const sinceMs = (mark: string) => Number(mark.split('.')[0]) * 1000;

describe('the place of a session in lists', () => {
  test('is that of the hour in which it was active', () => {
    fc.assert(
      fc.property(names, times, (session, atMs) => {
        const behindMs = atMs - sinceMs(sessionMark({ tenant: 'acme', session }, atMs));
        expect(behindMs).toBeGreaterThanOrEqual(0);
        expect(behindMs).toBeLessThan(HOUR_MS);
      }),
    );
  });

  test('sorts by time, and is never that of another', () => {
    fc.assert(
      fc.property(names, names, times, times, (one, other, atMs, laterMs) => {
        const of = (session: string, ms: number) => sessionMark({ tenant: 'acme', session }, ms);
        fc.pre(laterMs > atMs && one !== other);
        expect(of(one, atMs) <= of(one, laterMs)).toBe(true);
        expect(of(one, atMs)).not.toBe(of(other, laterMs));
        if (laterMs - atMs >= HOUR_MS) expect(of(one, atMs) < of(other, laterMs)).toBe(true);
      }),
    );
  });

  test('changes at a moment of its own, so that sessions do not all move at once', () => {
    const seconds = Array.from({ length: 3_600 }, (_, index) =>
      sessionMark({ tenant: 'acme', session: `chat-${index}` }, Date.parse('2026-01-01T00:00:00Z')),
    ).map((mark) => (sinceMs(mark) / 1000) % 3_600);
    const perMinute = Map.groupBy(seconds, (second) => Math.floor(second / 60));
    expect(perMinute.size).toBe(60);
    expect(Math.max(...[...perMinute.values()].map((some) => some.length))).toBeLessThan(120);
  });
});

test('the place of a commit is the moment of its request', () => {
  const mark = (requestedAtMs: number, commitId: string) => commitMark({ requestedAtMs, commitId });
  expect(mark(999, 'z') < mark(1_767_225_600_000, 'a')).toBe(true);
  expect(mark(5, 'a')).not.toBe(mark(5, 'b'));
});
