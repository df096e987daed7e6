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
