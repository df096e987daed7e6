import { describe, expect, it } from 'vitest';
import { type CommitState, type CommitStatus, statusAsOf } from '../../lib/session/index.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Four days in the queue, fourteen among the dead letters. */
const GONE_MS = 18 * DAY_MS;

function status(state: CommitState, more: Partial<CommitStatus> = {}): CommitStatus {
  return {
    commitId: 'c',
    state,
    keepRecent: 0,
    requestedAtMs: 0,
    timeline: [{ atMs: 0, event: state }],
    ...more,
  };
}

describe('the state of a commit whose last worker said nothing', () => {
  const UNTIL_MS = 600_000;
  const archived = {
    archive: 1,
    timeline: [
      { atMs: 0, event: 'committing' },
      { atMs: 1, event: 'archived' },
    ],
    lastAttemptUntilMs: UNTIL_MS,
  };
  const later = (more: Partial<CommitStatus>, state: CommitState = 'archived') =>
    statusAsOf(status(state, { ...archived, ...more }), UNTIL_MS + 1).state;

  it('is dead-lettered once the time of its own phase is over', () => {
    const committing = status('committing', { lastAttemptUntilMs: UNTIL_MS, lastAttemptOf: 'commit' });
    expect(statusAsOf(committing, UNTIL_MS).state).toBe('committing');
    expect(statusAsOf(committing, UNTIL_MS + 1).state).toBe('dead-lettered');
    expect(later({ lastAttemptOf: 'follow-up' })).toBe('dead-lettered');
  });

  it('is archived while the follow-up waits, although the time of the delivery that archived it is over', () => {
    expect(later({ lastAttemptOf: 'commit' })).toBe('archived');
  });

  it('is retrying once its follow-up is replayed, likewise', () => {
    expect(later({ lastAttemptOf: 'commit' }, 'retrying')).toBe('retrying');
  });

  it('is read by the time alone where nothing says which phase it is of, as it was before that was noted', () => {
    expect(later({})).toBe('dead-lettered');
  });
});

describe('the state of a commit that nothing can change any more', () => {
  it.each<CommitState>(['queued', 'committing', 'archived'])(
    '%s is believed as long as a message can exist, and no longer',
    (state) => {
      expect(statusAsOf(status(state), GONE_MS).state).toBe(state);
      const late = statusAsOf(status(state), GONE_MS + 1);
      expect(late.state).toBe('dead-lettered');
      expect(late.timeline.at(-1)).toMatchObject({ atMs: GONE_MS, event: 'dead-lettered' });
      expect(late.timeline.at(-1)?.detail).toMatch(/gone/);
    },
  );

  it('counts from when something was last heard of it', () => {
    const timeline = [
      { atMs: 0, event: 'queued' },
      { atMs: DAY_MS, event: 'sent-again' },
    ];
    expect(statusAsOf(status('queued', { timeline }), GONE_MS + DAY_MS).state).toBe('queued');
    expect(statusAsOf(status('queued', { timeline }), GONE_MS + DAY_MS + 1).state).toBe('dead-lettered');
  });

  it('counts from the request where the timeline is empty', () => {
    const silent = status('queued', { timeline: [], requestedAtMs: DAY_MS });
    expect(statusAsOf(silent, GONE_MS + 1).state).toBe('queued');
    expect(statusAsOf(silent, GONE_MS + DAY_MS + 1).state).toBe('dead-lettered');
  });

  it.each<CommitState>(['completed', 'empty', 'skipped', 'cancelled', 'dead-lettered'])(
    '%s stays what it is',
    (state) => {
      expect(statusAsOf(status(state), 100 * GONE_MS)).toEqual(status(state));
    },
  );
});
