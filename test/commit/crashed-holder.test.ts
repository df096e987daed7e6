import { describe, expect, it } from 'vitest';
import { handleCommit } from '../../lib/commit/index.ts';
import { checkRelations, defaultLimits, type Limits, limitDefinitions } from '../../lib/limits/index.ts';
import { consumeBatch, type Delivery, type DeliveryControl } from '../../lib/queue/index.ts';
import { commitWorld } from '../support/commit-world.ts';

const deployment = {
  commitFunctionTimeoutMs: 600_000,
  followUpFunctionTimeoutMs: 900_000,
  marginMs: 15_000,
  maxReceiveCount: 5,
};

/**
 * A worker dies while it holds the session, at the moment of its last renewal. From then on the next commit is
 * delivered as a FIFO queue does: given back, and received again when its visibility timeout ends.
 */
async function succeed(leaseLimits: Limits['lease']) {
  const world = await commitWorld();
  const { clock } = world;
  await world.append('one');
  const died = { resource: 'TENANT#acme#SESSION#chat', owner: 'dead', token: 't', ttlMs: leaseLimits.ttlMs };
  await world.leases.acquire(died);
  const diedAtMs = clock.now();

  let visibleAtMs = clock.now();
  let isDeadLettered = false;
  const control: DeliveryControl = {
    async setVisibility(_delivery, visibleInMs) {
      // SQS counts whole seconds.
      visibleAtMs = clock.now() + Math.ceil(visibleInMs / 1000) * 1000;
    },
    async deadLetter() {
      isDeadLettered = true;
    },
  };
  const { maxReceiveCount } = deployment;
  const limits = { lease: leaseLimits, commit: defaultLimits.commit };
  const consumer = { control, clock, random: () => 0.5, redeliveryMs: leaseLimits.ttlMs, maxReceiveCount };
  const { signal } = new AbortController();
  const body = JSON.stringify(world.message('c-1'));

  let receiveCount = 0;
  let failed: readonly Delivery[] = [{ messageId: 'm', receiptHandle: 'h', group: 'g', body, receiveCount }];
  while (failed.length > 0 && receiveCount < maxReceiveCount) {
    receiveCount += 1;
    await clock.advance(Math.max(0, visibleAtMs - clock.now()));
    const batch = failed.map((delivery) => ({ ...delivery, receiveCount }));
    failed = await clock.runUntil(
      consumeBatch({ ...consumer, onEvent: () => undefined }, batch, (delivery) =>
        handleCommit({ ...world.context, limits }, delivery, { maxReceiveCount, signal }),
      ),
    );
  }
  return { world, isDeadLettered, receiveCount, tookMs: clock.now() - diedAtMs };
}

const shortest = Object.fromEntries(
  limitDefinitions
    .filter(({ name, kind }) => name.startsWith('lease.') && kind === 'integer')
    .map((definition) => [definition.name.slice('lease.'.length), 'min' in definition ? definition.min : 0]),
) as unknown as Limits['lease'];

describe('a commit behind a holder that died', () => {
  it('takes over within one TTL and one retry interval of the queue', async () => {
    const { world, tookMs, isDeadLettered } = await succeed(defaultLimits.lease);

    expect(isDeadLettered).toBe(false);
    expect(await world.commit('c-1')).toMatchObject({ state: 'archived' });
    const { ttlMs, retryIntervalMs } = defaultLimits.lease;
    const QUEUE_GRANULARITY_MS = 1_000;
    expect(tookMs).toBeLessThanOrEqual(ttlMs + retryIntervalMs + QUEUE_GRANULARITY_MS);
  });

  it.each([
    ['the shortest wait', { ...defaultLimits.lease, ...shortest }],
    ['no retries of its own', { ...defaultLimits.lease, maxRetries: 0 }],
    ['the longest TTL', { ...defaultLimits.lease, ttlMs: 300_000, maxRetries: 0 }],
    ['more retries than time', { ...defaultLimits.lease, maxRetries: 1_000, acquireTimeoutMs: 5_000 }],
  ])('is not dead-lettered with %s', async (_name, lease) => {
    expect(checkRelations({ ...defaultLimits, lease }, deployment), 'the limits are allowed').toEqual([]);

    const { world, isDeadLettered, receiveCount } = await succeed(lease);

    expect(isDeadLettered).toBe(false);
    expect(receiveCount).toBeLessThan(deployment.maxReceiveCount);
    expect(await world.commit('c-1')).toMatchObject({ state: 'archived' });
  });
});
