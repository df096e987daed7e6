import { describe, expect, it } from 'vitest';
import { commitEventSchema, eventsOf } from '../../lib/events/index.ts';
import { type CommitStatus, commitStates, commitTransitions, retryOf } from '../../lib/session/index.ts';
import { commitChange, commitOf, T, turned } from './stream-changes.ts';

const typesOf = (before: CommitStatus | undefined, now: CommitStatus | undefined) =>
  eventsOf(commitChange(before, now)).map(({ type }) => type);

const committing = turned(commitOf(), 'committing');
const archived = turned(committing, 'archived', { archive: 7 });

describe('the events of a commit', () => {
  it('say of an archived commit all that the API says of it, with its times', () => {
    const requested = commitOf({ reason: 'before lunch' });
    const [event] = eventsOf(commitChange(requested, turned(requested, 'archived', { archive: 7 })));
    expect(event).toEqual({
      type: 'commit.archived',
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      sequence: `${'0'.repeat(37)}1000`,
      version: 1,
      at: '2026-01-01T00:00:01.000Z',
      tenant: 'acme',
      session: 'chat',
      commitId: 'commit-1',
      archive: 7,
      requestedAt: '2026-01-01T00:00:00.000Z',
      reason: 'before lunch',
    });
    expect(commitEventSchema.parse(event)).toEqual(event);
  });

  it.each(['completed', 'dead-lettered', 'empty', 'skipped', 'cancelled'] as const)(
    'tell that it has ended as %s, and why',
    (state) => {
      const [event, ...others] = eventsOf(
        commitChange(committing, turned(committing, state, { detail: 'why' })),
      );
      expect(event).toMatchObject({ type: `commit.${state}`, detail: 'why' });
      expect(others).toEqual([]);
    },
  );

  it.each(Object.entries(commitTransitions))(
    'tell of the transition %s when its state is one of theirs',
    (_name, row) => {
      const isEnd = ['completed', 'dead-lettered', 'empty', 'skipped', 'cancelled', 'archived'].includes(
        row.to,
      );
      const { to, event = to } = row;
      const now = {
        ...committing,
        state: to,
        ...(to === 'archived' && { archive: 7 }),
        timeline: [...committing.timeline, { atMs: T + 5_000, event }],
      };
      expect(typesOf(committing, now)).toEqual(isEnd ? [`commit.${to}`] : []);
    },
  );

  it('tell the archive of a commit that its follow-up completes before it reads archived, and tell it first', () => {
    expect(typesOf(committing, turned(committing, 'completed', { archive: 7 }))).toEqual([
      'commit.archived',
      'commit.completed',
    ]);
    expect(typesOf(committing, turned(committing, 'dead-lettered', { archive: 7, detail: 'why' }))).toEqual([
      'commit.archived',
      'commit.dead-lettered',
    ]);
    const [first, second] = eventsOf(
      commitChange(committing, turned(committing, 'completed', { archive: 7 })),
    );
    expect(first && second && first.sequence < second.sequence).toBe(true);
    expect(first?.id).not.toBe(second?.id);
  });

  it('do not lend the archive why the follow-up was given up', () => {
    const [first] = eventsOf(
      commitChange(committing, turned(committing, 'dead-lettered', { archive: 7, detail: 'why' })),
    );
    expect(first).not.toHaveProperty('detail');
  });

  it('tell the archive once', () => {
    expect(typesOf(archived, turned(archived, 'completed'))).toEqual(['commit.completed']);
  });

  it('tell nothing of what is in between: steps, failures, requests that are sent again', () => {
    const step = { ...archived, timeline: [...archived.timeline, { atMs: T + 9, event: 'summary' }] };
    expect(typesOf(archived, step)).toEqual([]);
    expect(typesOf(undefined, commitOf())).toEqual([]);
    expect(typesOf(commitOf(), committing)).toEqual([]);
    expect(typesOf(archived, { ...archived, lastAttemptUntilMs: T })).toEqual([]);
  });

  it('tell of a commit whose status was not there before', () => {
    expect(typesOf(undefined, turned(commitOf({ timeline: [] }), 'archived', { archive: 7 }))).toEqual([
      'commit.archived',
    ]);
  });

  it('tell nothing of a status that is deleted or has expired, in whichever state', () => {
    for (const state of commitStates) expect(typesOf(turned(committing, state), undefined)).toEqual([]);
  });

  it('tell each death of a commit, with an id of its own', () => {
    const dead = turned(committing, 'dead-lettered', { detail: 'first' });
    const again = turned(dead, 'dead-lettered', { detail: 'again' });
    const [first] = eventsOf(commitChange(committing, dead, { sequence: '7' }));
    const [second] = eventsOf(commitChange(dead, again, { sequence: '12' }));
    expect([first, second]).toMatchObject([{ detail: 'first' }, { detail: 'again' }]);
    expect(first?.id).not.toBe(second?.id);
    expect(first && second && first.sequence < second.sequence).toBe(true);
  });

  it('tell the death that nobody recorded when a replay writes it down', () => {
    const silent = { ...committing, lastAttemptUntilMs: T + 60_000 };
    const retry = retryOf(silent, 'commit', { nowMs: T + 90_000, detail: 'replayed' });
    const { lastAttemptUntilMs: _, ...rest } = silent;
    const retrying = { ...rest, state: 'retrying', timeline: retry?.timeline ?? [] } as const;
    expect(eventsOf(commitChange(silent, retrying))).toMatchObject([
      { type: 'commit.dead-lettered', detail: expect.stringContaining('was killed') },
    ]);
  });

  it('tell what is new of a timeline whose middle a replay left out', () => {
    let commit = commitOf();
    for (let round = 0; round < 60; round += 1) {
      commit = turned(commit, 'dead-lettered', { detail: `round ${round}` });
      const retry = retryOf(commit, 'commit', {
        nowMs: T + 1_000 * commit.timeline.length,
        detail: 'replayed',
      });
      const retrying = { ...commit, state: 'retrying', timeline: retry?.timeline ?? [] } as const;
      expect(typesOf(commit, retrying)).toEqual([]);
      commit = retrying;
    }
    expect(commit.timeline.length).toBeLessThan(101);
    expect(typesOf(commit, turned(commit, 'completed', { archive: 1, atMs: T + 999_999 }))).toEqual([
      'commit.archived',
      'commit.completed',
    ]);
  });

  it('have the same id and sequence when the stream gives its record again', () => {
    const change = commitChange(committing, archived);
    expect(eventsOf(change)).toEqual(eventsOf(structuredClone(change)));
  });

  it('sort by their sequence as the stream numbers its records, however many digits those have', () => {
    const sequences = ['9', '10', '99999999999999999999', '100000000000000000000'].map(
      (sequence) => eventsOf(commitChange(committing, archived, { sequence }))[0]?.sequence ?? '',
    );
    expect(sequences.toSorted()).toEqual(sequences);
  });
});
