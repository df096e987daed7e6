import { describe, expect, test } from 'vitest';
import { type CommitStatus, lastAttempt } from '../../lib/session/index.ts';
import { markRetrying } from '../../lib/store/index.ts';
import { key } from '../support/commit-world.ts';
import { autoCommitWorld } from './auto-commit-world.ts';

const MINUTE_MS = 60_000;
const FUNCTION_MS = 600_000;

/** A commit whose worker was given its last delivery, and says nothing from there. */
async function atLastDelivery(more: Partial<CommitStatus> = {}, phase: 'commit' | 'follow-up' = 'commit') {
  const world = await autoCommitWorld();
  const { store, clock } = world;
  const startedAtMs = clock.now();
  const untilMs = startedAtMs + FUNCTION_MS;
  const status: CommitStatus = {
    commitId: 'c',
    state: 'committing',
    keepRecent: 0,
    requestedAtMs: startedAtMs,
    timeline: [{ atMs: startedAtMs, event: 'committing' }],
    ...more,
  };
  await store.putCommit(key, status, Number.MAX_SAFE_INTEGER);
  await store.noteLastAttempt(key, 'c', lastAttempt(phase, untilMs));
  const stored = () => store.readCommit(key, 'c');
  return { ...world, untilMs, stored };
}

describe('a commit whose worker was killed at the last delivery', () => {
  test('is recorded as dead a minute after that worker could have lived, as it reads', async () => {
    const { clock, runChecks, stored, events, untilMs } = await atLastDelivery();
    await clock.advance(FUNCTION_MS + MINUTE_MS - 1);
    await runChecks();
    expect(await stored()).toMatchObject({ state: 'committing' });
    await clock.advance(1);
    await runChecks();
    const status = await stored();
    expect(status?.state).toBe('dead-lettered');
    expect(status?.timeline.at(-1)).toEqual({
      atMs: untilMs,
      event: 'dead-lettered',
      detail: 'the worker of the last delivery was killed, and recorded no reason',
    });
    expect(status).not.toHaveProperty('checkAtMs');
    expect(events).toContainEqual({
      type: 'commit.death-recorded',
      ...key,
      commitId: 'c',
      phase: 'commit',
      diedAtMs: untilMs,
    });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'auto-commit.checked', deaths: 1, failed: 0 }),
    );
  });

  test('is given up with its archive when it was the worker of the follow-up', async () => {
    const { clock, runChecks, stored, store } = await atLastDelivery(
      { state: 'archived', archive: 1 },
      'follow-up',
    );
    const states: unknown[] = [];
    const setFollowUpState = store.setFollowUpState;
    store.setFollowUpState = async (...call) => {
      states.push(call);
      await setFollowUpState(...call);
    };
    await clock.advance(FUNCTION_MS + MINUTE_MS);
    await runChecks();
    expect(await stored()).toMatchObject({ state: 'dead-lettered', archive: 1 });
    expect(states).toEqual([[key, 1, 'dead-lettered']]);
  });

  test.each<[string, Partial<CommitStatus>]>([
    ['has ended', { state: 'completed', archive: 1 }],
    ['is given up already', { state: 'dead-lettered' }],
  ])('is left as it is where it %s, and not looked at again', async (_what, more) => {
    const { clock, runChecks, stored, events } = await atLastDelivery(more, 'follow-up');
    await clock.advance(FUNCTION_MS + MINUTE_MS);
    await runChecks();
    expect(await stored()).toMatchObject(more);
    expect(await stored()).not.toHaveProperty('checkAtMs');
    expect(events).not.toContainEqual(expect.objectContaining({ type: 'commit.death-recorded' }));
  });

  test('goes on when it is replayed before', async () => {
    const { clock, runChecks, stored, store } = await atLastDelivery();
    await clock.advance(FUNCTION_MS + 1);
    const because = { nowMs: clock.now(), detail: 'replayed' };
    await markRetrying(store, { ...key, commitId: 'c' }, 'commit', because);
    await clock.advance(MINUTE_MS);
    await runChecks();
    expect(await stored()).toMatchObject({ state: 'retrying' });
  });

  test('waits five minutes where it cannot be read, and holds up nobody', async () => {
    const { clock, stored, store, events, runChecks } = await atLastDelivery();
    await store.putCommit(
      key,
      { commitId: 'd', state: 'committing', keepRecent: 0, requestedAtMs: clock.now(), timeline: [] },
      Number.MAX_SAFE_INTEGER,
    );
    await store.noteLastAttempt(key, 'd', lastAttempt('commit', clock.now() + FUNCTION_MS));
    await clock.advance(FUNCTION_MS + MINUTE_MS);
    const { readCommit } = store;
    store.readCommit = (one, commitId) =>
      commitId === 'c' ? Promise.reject(new Error('damaged')) : readCommit(one, commitId);
    await runChecks();
    store.readCommit = readCommit;
    expect(events).toContainEqual(expect.objectContaining({ type: 'auto-commit.failed', commitId: 'c' }));
    expect((await readCommit(key, 'd'))?.state).toBe('dead-lettered');
    expect(await stored()).toMatchObject({ state: 'committing', checkAtMs: clock.now() + 5 * MINUTE_MS });
    await clock.advance(5 * MINUTE_MS);
    await runChecks();
    expect(await stored()).toMatchObject({ state: 'dead-lettered' });
  });
});
