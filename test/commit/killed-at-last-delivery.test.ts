import { beforeEach, describe, expect, it } from 'vitest';
import { handleCommit, requestCommit } from '../../lib/commit/index.ts';
import { statusAsOf } from '../../lib/session/index.ts';
import { markRetrying } from '../../lib/store/index.ts';
import { commitWorld, key, policy, recordingSender } from '../support/commit-world.ts';

const maxReceiveCount = 3;
const FUNCTION_MS = 600_000;

let world: Awaited<ReturnType<typeof commitWorld>>;
let commitId: string;
const commits = () => recordingSender<{ commitId: string }>();

beforeEach(async () => {
  world = await commitWorld();
  await world.append('one');
  ({ commitId } = await ask());
});

function ask() {
  const { store, clock } = world;
  return requestCommit({ store, clock, commits: commits(), newId: world.log.newId }, key, {});
}

/** The worker dies at its first request to seal: nothing is written from there, not even that it failed. */
function dieAtDelivery(receiveCount: number) {
  const dead = new Promise<never>(() => undefined);
  const store = { ...world.store, seal: () => dead };
  const limits = { lease: policy, commit: { deadlineMs: 300_000 } };
  const body = JSON.stringify(world.message(commitId));
  const delivery = { messageId: 'm', receiptHandle: 'h', group: 'g', body, receiveCount };
  const endsByMs = world.clock.now() + FUNCTION_MS;
  const signal = new AbortController().signal;
  handleCommit({ ...world.context, store, limits }, delivery, { maxReceiveCount, signal, endsByMs }).catch(
    () => 'nobody hears of it',
  );
  return world.clock.advance(1);
}

async function seen() {
  const status = await world.commit(commitId);
  return status && statusAsOf(status, world.clock.now());
}

describe('a commit whose worker is killed', () => {
  it('at its last delivery is dead-lettered once that worker can no longer live', async () => {
    await dieAtDelivery(maxReceiveCount);
    expect(await seen()).toMatchObject({ state: 'committing' });

    await world.clock.advance(FUNCTION_MS);
    const status = await seen();
    expect(status?.state).toBe('dead-lettered');
    expect(status?.timeline.at(-1)).toMatchObject({ event: 'dead-lettered' });
    expect(status?.timeline.at(-1)?.detail).toMatch(/killed/);
  });

  it('at an earlier delivery is not: another one follows', async () => {
    await dieAtDelivery(maxReceiveCount - 1);
    await world.clock.advance(FUNCTION_MS);
    expect(await seen()).toMatchObject({ state: 'committing' });
  });

  it('is under way again when it is replayed', async () => {
    await dieAtDelivery(maxReceiveCount);
    await world.clock.advance(FUNCTION_MS);
    const because = { nowMs: world.clock.now(), detail: 'replayed by ann' };
    await markRetrying(world.store, { ...key, commitId }, 'commit', because);
    expect(await seen()).toMatchObject({ state: 'retrying' });
    await world.clock.advance(FUNCTION_MS);
    expect(await seen()).toMatchObject({ state: 'retrying' });
  });

  it('answers no later request: that one is queued anew', async () => {
    await dieAtDelivery(maxReceiveCount);
    expect(await ask()).toMatchObject({ commitId, existing: true });
    await world.clock.advance(FUNCTION_MS);
    expect(await ask()).toMatchObject({ existing: false });
  });

  it('answers a request with its own key as what it is', async () => {
    const { store, clock, log } = world;
    const context = { store, clock, commits: commits(), newId: log.newId };
    ({ commitId } = await requestCommit(context, key, { idempotencyKey: 'k' }));
    await dieAtDelivery(maxReceiveCount);
    await clock.advance(FUNCTION_MS);
    expect(await requestCommit(context, key, { idempotencyKey: 'k' })).toEqual({
      commitId,
      state: 'dead-lettered',
      existing: true,
    });
  });
});
