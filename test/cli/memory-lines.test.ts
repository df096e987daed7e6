import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { viewOf } from '../../cli/display/view.ts';
import { memoryLines } from '../../cli/memories/memory-lines.ts';
import { memoryListLines } from '../../cli/memories/memory-list-lines.ts';
import type { MemoryDocument } from '../../operator/memories/index.ts';
import { environment } from './streams.ts';

const plain = viewOf(environment().environment.stdout, {});
const colorful = viewOf(environment({ isTTY: true }).environment.stdout, {});
const nowMs = Date.parse('2026-01-01T00:01:00Z');
const at = '2026-01-01T00:00:00.000Z';
const hostile = '\u001b[31mred\u009b2J\u202e\nmore';
const memory: MemoryDocument = {
  category: 'profile',
  key: 'home-city',
  text: 'Ann lives in Oslo.',
  confidence: 0.9,
  firstSeenAt: at,
  lastSeenAt: at,
  saidAt: at,
  by: { kind: 'archive', session: 'chat', archive: 2, messageId: 'm-1', model: 'offline' },
  revision: 'r',
};
const { text: _, ...forgotten } = memory;
const list = { tenant: 'acme', scope: 'ann' };

describe('a list of memories', () => {
  it('is a table, and says where it goes on', () => {
    const memories = [memory, { ...forgotten, key: 'name', by: { kind: 'person', who: 'ann' } as const }];
    const lines = memoryListLines(plain, { ...list, memories, nextAfter: 'profile#name' }, nowMs);
    expect(lines).toEqual([
      'MEMORY             SAID       BY               TEXT',
      'profile/home-city  1 min ago  chat, archive 2  Ann lives in Oslo.',
      'profile/name       1 min ago  ann              (forgotten)',
      "There are more: --after 'profile#name' goes on there.",
    ]);
  });

  it('shows dimly what was taken back', () => {
    const lines = memoryListLines(colorful, { ...list, memories: [memory, forgotten] }, nowMs);
    expect(lines[1]).not.toContain('\u001b');
    expect(lines[2]).toBe(colorful.colors.dim(stripVTControlCharacters(lines[2] ?? '')));
  });

  it('of nothing says so', () => {
    expect(memoryListLines(plain, { ...list, memories: [] }, nowMs)).toEqual(['There are no such memories.']);
  });
});

describe('a memory', () => {
  it('is shown with what was said, taken back and contradicted, by whom', () => {
    const history = [
      { saidAt: at, by: { kind: 'person', who: 'operator:ops/ann' }, retracts: true, isInForce: true },
      { saidAt: at, by: { kind: 'person', who: 'bo' }, restores: true },
      { saidAt: at, by: memory.by, text: 'Ann lives in Oslo.', contradicts: true, confidence: 0.9 },
      { saidAt: at, by: { kind: 'erased' }, retracts: true },
      { saidAt: at, by: { kind: 'earlier' }, text: 'Bonn.', alsoFrom: ['a', 'b', 'c', 'd', 'e', 'f'] },
    ] as const;
    const text = memoryLines(plain, { ...list, ...forgotten, history }, nowMs).join('\n');
    expect(text).toMatch(/^profile\/home-city of ann \(acme\)\n {2}It was taken back: it is not used\./);
    expect(text).toContain(`${at} taken back (in force), by operator:ops/ann\n`);
    expect(text).toContain(
      `${at} said, against what was known, by chat, archive 2, message m-1 (offline)\n    Ann lives in Oslo.\n`,
    );
    expect(text).toContain(`${at} restored, by bo\n`);
    expect(text).toContain(`${at} taken back, by an erased session\n`);
    expect(text).toContain('by earlier sessions; with words of a, b, c, d, e and 1 more\n    Bonn.');
  });

  it('cannot move the cursor, whatever is written in it', () => {
    const by = { ...memory.by, session: hostile, messageId: hostile, model: hostile } as MemoryDocument['by'];
    const bad = { ...memory, key: hostile, text: hostile, by };
    const history = [{ saidAt: at, by, text: hostile, alsoFrom: [hostile] }];
    const lines = [
      ...memoryLines(plain, { ...list, ...bad, history }, nowMs),
      ...memoryListLines(plain, { ...list, memories: [bad], nextAfter: hostile }, nowMs),
    ];
    for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it('is wrapped to the width of the terminal', () => {
    const text = 'word '.repeat(190).trim();
    const lines = memoryLines(plain, { ...list, ...memory, text, history: [] }, nowMs);
    expect(lines.filter((line) => line.includes('word')).length).toBeGreaterThan(5);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
  });
});
