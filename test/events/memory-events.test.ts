import { describe, expect, it } from 'vitest';
import { eventsOf, memoryEventSchema } from '../../lib/events/index.ts';
import type { Memory } from '../../lib/memory/index.ts';
import { memoryChange, memoryOf, T } from './stream-changes.ts';

const LATER = T + 60_000;

const eventOf = (before: Memory | undefined, now: Memory | undefined) => {
  const [event, ...others] = eventsOf(memoryChange(before, now));
  expect(others).toEqual([]);
  return event;
};

/** Said later, by the next archive. */
const said = (text: string): Partial<Memory> => ({
  text,
  saidAtMs: LATER,
  lastSeenAtMs: LATER,
  by: { kind: 'archive', session: 'chat', archive: 2, messageId: 'm-9', model: 'offline:1' },
  revision: 'r-2',
});

const person = { kind: 'person', id: 'entry-1', who: 'ann' } as const;

describe('the event of a memory', () => {
  it('tells of a new one what it says, in the words of the API', () => {
    const event = eventOf(undefined, memoryOf({ hasPerson: true, carriedFrom: [['other']] }));
    expect(event).toEqual({
      type: 'memory.changed',
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      sequence: expect.stringMatching(/^\d{41}$/),
      version: 1,
      at: '2026-01-01T00:00:00.000Z',
      tenant: 'acme',
      scope: 'ann',
      category: 'preference',
      key: 'tea',
      after: {
        text: 'Ann prefers tea.',
        confidence: 0.9,
        firstSeenAt: '2026-01-01T00:00:00.000Z',
        lastSeenAt: '2026-01-01T00:00:00.000Z',
        saidAt: '2026-01-01T00:00:00.000Z',
        by: { kind: 'archive', session: 'chat', archive: 1, messageId: 'm-1', model: 'offline:1' },
      },
    });
    expect(memoryEventSchema.parse(event)).toEqual(event);
  });

  it('tells what was known before where a statement was added', () => {
    expect(eventOf(memoryOf(), memoryOf(said('Ann prefers coffee.')))).toMatchObject({
      before: { text: 'Ann prefers tea.', by: { archive: 1 } },
      after: { text: 'Ann prefers coffee.', by: { archive: 2 }, saidAt: '2026-01-01T00:01:00.000Z' },
    });
  });

  it('tells that it was taken back, and by whom, without a text', () => {
    const { text: _, ...retracted } = memoryOf({ saidAtMs: LATER, lastSeenAtMs: LATER, by: person });
    const event = eventOf(memoryOf(), { ...retracted, revision: 'r-2' });
    expect(event).toMatchObject({
      before: { text: 'Ann prefers tea.' },
      after: { forgotten: true, by: { kind: 'person', who: 'ann' } },
    });
    expect(event).not.toHaveProperty('after.text');
    expect(event).not.toHaveProperty('after.by.id');
  });

  it('has no word of what was erased', () => {
    const event = eventOf(memoryOf(), undefined);
    expect(event).toMatchObject({ before: { by: { archive: 1 } } });
    expect(event).not.toHaveProperty('after');
    expect(JSON.stringify(event)).not.toContain('tea.');
  });

  it('has no word of a statement that was taken away, though an older one remains', () => {
    const event = eventOf(memoryOf(said('Ann prefers coffee.')), memoryOf({ revision: 'r-3' }));
    expect(event).toMatchObject({ after: { text: 'Ann prefers tea.' } });
    expect(JSON.stringify(event)).not.toContain('coffee');
  });

  it('has no word of a statement that another of the same archive takes the place of', () => {
    const again = { ...memoryOf().by, messageId: 'm-3' } as Memory['by'];
    const event = eventOf(
      memoryOf(),
      memoryOf({
        text: 'Ann prefers tea at four.',
        lastSeenAtMs: LATER,
        saidAtMs: LATER,
        by: again,
        revision: 'r-2',
      }),
    );
    expect(event).toMatchObject({ after: { text: 'Ann prefers tea at four.' } });
    expect(event).not.toHaveProperty('before.text');
  });

  it.each<[string, Partial<Memory>]>([
    ['who says it', { by: person }],
    ['how sure they are', { confidence: 0.5 }],
    ['since when it is known', { firstSeenAtMs: T - 1 }],
  ])('is sent when it says the same, and %s is another', (_what, change) => {
    expect(eventOf(memoryOf(), memoryOf({ ...change, revision: 'r-2' }))).toMatchObject({
      type: 'memory.changed',
    });
  });

  it.each<[string, Partial<Memory>]>([
    ['another revision', { revision: 'r-2' }],
    ['a later mention that decides nothing', { revision: 'r-2', lastSeenAtMs: LATER }],
    ['words that it carries on', { revision: 'r-2', carriedFrom: [['other']] }],
  ])('is not sent for %s', (_what, change) => {
    expect(eventsOf(memoryChange(memoryOf(), memoryOf(change)))).toEqual([]);
  });

  it('is not sent for a vector', () => {
    const change = memoryChange(memoryOf(), memoryOf());
    const vector = { vector256: [0.1, 0.2], vectorsIn: 'e#p' };
    expect(eventsOf({ ...change, after: { ...change.after, ...vector } })).toEqual([]);
  });

  it('has neither vectors nor what was known before there were statements', () => {
    const earlier = {
      text: 'Ann drank water.',
      confidence: 1,
      firstSeenAtMs: T,
      saidAtMs: T,
      sessions: ['old'],
      history: [{ text: 'Ann drank milk.', seenAtMs: T }],
    };
    const change = memoryChange(undefined, memoryOf({ earlier }));
    const [event] = eventsOf({ ...change, after: { ...change.after, vector256: [0.123], vectorsIn: 'e#p' } });
    expect(memoryEventSchema.parse(event)).toEqual(event);
    expect(JSON.stringify(event)).not.toMatch(/water|milk|0\.123|old/);
  });
});
