import { handleCommit } from '../../../lib/commit/index.ts';
import type { LeaseEvent } from '../../../lib/lease/index.ts';
import { consumeBatch, type Delivery } from '../../../lib/queue/index.ts';
import type { Program } from '../actor/program.ts';
import { limits, maxReceiveCount } from './limits.ts';

const ignored = () => 'events are for logs';

/** The commit function, for a batch of one; at its end the Lambda service deletes what did not fail. */
export function commitWorker(delivery: Delivery): Program {
  return async ({ name, store, leases, commitQueue, followUpQueue, clock, random, newId, note }) => {
    const { signal } = new AbortController();
    const onEvent = ignored;
    const context = {
      store,
      followUps: followUpQueue,
      lease: {
        leases,
        clock,
        random,
        newId,
        onEvent: ({ type }: LeaseEvent) => type === 'lease.lost' && note({ type: 'lease-lost' }),
      },
      limits,
      owner: name,
      onEvent,
    };
    const consumer = {
      control: commitQueue,
      clock,
      random,
      redeliveryMs: limits.lease.ttlMs,
      maxReceiveCount,
      onEvent,
    };
    const failed = await consumeBatch(consumer, [delivery], async (one) => {
      try {
        await handleCommit(context, one, { maxReceiveCount, signal });
      } catch (error) {
        note({ type: 'gave-up', error: error as Error });
        throw error;
      }
    });
    if (failed.length === 0) await commitQueue.acknowledge(delivery);
  };
}
