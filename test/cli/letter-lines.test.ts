import { describe, expect, it } from 'vitest';
import { viewOf } from '../../cli/display/view.ts';
import { letterDetailLines, letterLines } from '../../cli/letters/letter-lines.ts';
import type { LetterDocument } from '../../operator/letters/index.ts';
import { environment } from './streams.ts';

const plain = viewOf(environment().environment.stdout, {});
const nowMs = Date.parse('2026-01-01T02:00:00Z');
const letter: LetterDocument = {
  id: 'letter-1',
  queue: 'commits',
  group: 'acme#chat',
  tenant: 'acme',
  session: 'chat',
  commitId: 'c1',
  through: 3,
  deadSince: '2026-01-01T00:00:00.000Z',
  reason: { code: 'lease-unavailable', message: 'The lease was busy.' },
  prospect: 'overtaken',
  body: '{}',
};

describe('a list of dead letters', () => {
  it('says what each is, how long it is dead, why, and what a replay would do', () => {
    const [, line] = letterLines(plain, { letters: [letter], unseen: 0 }, nowMs);
    expect(line?.split(/ {2,}/)).toEqual([
      'letter-1',
      'commits',
      'acme/chat',
      'c1',
      '2 h',
      'behind newer commits',
      'lease-unavailable: The lease was busy.',
    ]);
  });

  it('says how many it does not show, also when it shows none', () => {
    const text = letterLines(plain, { letters: [], unseen: 7 }, nowMs).join('\n');
    expect(text).toMatch(
      /^There are no such dead letters\.\nThere are 7 more that the queue does not show now/,
    );
  });

  it('shows a body that nobody understands on one line, with its control characters by their numbers', () => {
    const raw: LetterDocument = {
      id: 'letter-2',
      queue: 'commits',
      group: 'x',
      deadSince: letter.deadSince,
      prospect: 'unreadable',
      body: 'a\u001b[2J\n\u0007b',
    };
    expect(letterDetailLines(plain, raw, nowMs).at(-1)).toBe('    a\\u{1b}[2J\\u{a}\\u{7}b');
    expect(letterDetailLines(plain, raw, nowMs).join('\n')).toMatch(/cannot be understood: not replayed/);
  });

  it('obeys nothing that a letter says of itself', () => {
    const hostile = '\u009b31m\u001b[2J\u202e';
    const raw = { ...letter, id: hostile, group: hostile, reason: { code: hostile, message: hostile } };
    const { tenant: _tenant, session: _session, commitId: _commit, ...unknown } = raw;
    const lines = [
      ...letterLines(plain, { letters: [raw, unknown], unseen: 0 }, nowMs),
      ...letterDetailLines(plain, { ...unknown, body: hostile }, nowMs),
    ];
    for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});
