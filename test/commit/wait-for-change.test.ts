import { beforeEach, describe, expect, it } from 'vitest';
import { waitForChange } from '../../lib/commit/index.ts';
import { lastAttempt } from '../../lib/session/index.ts';
import type { CommitStatusStore } from '../../lib/store/index.ts';
import { commitWorld, key } from '../support/commit-world.ts';

const commitId = 'c1';
const WAIT_MS = 20_000;

let world: Awaited<ReturnType<typeof commitWorld>>;
let looksAtMs: number[];
let onLook: () => Promise<unknown>;
let stop: AbortController;

beforeEach(async () => {
  world = await commitWorld();
  looksAtMs = [];
  onLook = async () => undefined;
  stop = new AbortController();
  await world.store.putCommit(
    key,
    {
      commitId,
      state: 'queued',
      keepRecent: 0,
      requestedAtMs: world.clock.now(),
      timeline: [{ atMs: world.clock.now(), event: 'queued' }],
    },
    world.clock.now() + 1_000_000,
  );
});

/** Waits, and says when it looked, from its beginning. */
function wait(options: { waitMs?: number; seen?: number } = {}) {
  const startedAtMs = world.clock.now();
  const store: Pick<CommitStatusStore, 'readCommit'> = {
    async readCommit(...asked) {
      looksAtMs.push(world.clock.now() - startedAtMs);
      await onLook();
      return world.store.readCommit(...asked);
    },
  };
  const { clock } = world;
  return waitForChange({ store, clock }, key, commitId, { waitMs: WAIT_MS, signal: stop.signal, ...options });
}

async function change(transition: 'start' | 'cancel') {
  await world.store.changeCommit(key, commitId, { transition, entry: { atMs: world.clock.now() } });
}

describe('a wait for a change of a commit', () => {
  it('looks once when there is no time', async () => {
    expect(await wait({ waitMs: 0, seen: 1 })).toMatchObject({ state: 'queued' });
    expect(looksAtMs).toEqual([0]);
  });

  it('ends at once when the caller has not seen all that happened', async () => {
    await change('start');
    expect(await wait({ seen: 1 })).toMatchObject({ state: 'committing' });
    expect(looksAtMs).toEqual([0]);
  });

  it('ends at once when the caller has seen more than there is: a replay has cut the timeline', async () => {
    expect(await wait({ seen: 7 })).toMatchObject({ state: 'queued' });
    expect(looksAtMs).toEqual([0]);
  });

  it('ends at once for a commit that runs no more, whatever was seen', async () => {
    await change('cancel');
    expect(await wait({ seen: 2 })).toMatchObject({ state: 'cancelled' });
    expect(looksAtMs).toEqual([0]);
  });

  it('looks at intervals that grow to a second, and ends at the look after a change', async () => {
    const work = wait({ seen: 1 });
    await world.clock.advance(4_000);
    await change('start');
    await world.clock.advance(1_000);
    expect(await work).toMatchObject({ state: 'committing' });
    expect(looksAtMs).toEqual([0, 200, 500, 950, 1_625, 2_625, 3_625, 4_625]);
  });

  it('is not ended by changes on the way when nothing is said of what was seen', async () => {
    const work = wait();
    await change('start');
    await world.clock.advance(WAIT_MS - 1);
    expect(world.clock.sleepers).toBe(1);
    await world.clock.advance(1);
    expect(await work).toMatchObject({ state: 'committing' });
  });

  it('ends when its time is over, with a last look', async () => {
    const work = wait({ seen: 1 });
    await world.clock.advance(WAIT_MS);
    expect(await work).toMatchObject({ state: 'queued' });
    expect(looksAtMs.at(-1)).toBe(WAIT_MS);
    expect(looksAtMs.length).toBeLessThan(25);
  });

  it('ends with what it saw last when the signal aborts, without another look', async () => {
    const work = wait({ seen: 1 });
    await world.clock.advance(300);
    stop.abort(new Error('the function has no more time'));
    expect(await work).toMatchObject({ state: 'queued' });
    expect(looksAtMs).toEqual([0, 200]);
  });

  it('answers even when the signal has aborted before', async () => {
    stop.abort();
    expect(await wait({ seen: 1 })).toMatchObject({ state: 'queued' });
  });

  it('ends when the worker of the last delivery is seen to be dead, which nobody writes', async () => {
    await world.store.noteLastAttempt(key, commitId, lastAttempt('commit', world.clock.now() + 2_000));
    const work = wait({ seen: 1 });
    await world.clock.advance(3_000);
    expect(await work).toMatchObject({ state: 'dead-lettered' });
  });

  it('fails when the commit goes with its session', async () => {
    const work = wait({ seen: 1 });
    const outcome = expect(work).rejects.toMatchObject({ code: 'commit-not-found' });
    await world.clock.advance(100);
    world.store.sessions.clear();
    await world.clock.advance(200);
    await outcome;
  });

  it('fails with what the store throws', async () => {
    onLook = async () => {
      if (looksAtMs.length === 2) throw new Error('the table does not answer');
    };
    const outcome = expect(wait({ seen: 1 })).rejects.toThrow('the table does not answer');
    await world.clock.advance(200);
    await outcome;
  });
});
