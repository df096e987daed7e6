import type { LeaseContext } from '../../../lib/lease/index.ts';
import { type AttemptBounds, consumeBatch, type Delivery } from '../../../lib/queue/index.ts';
import type { ActorPorts } from '../actor/program.ts';
import { limits } from './limits.ts';

/** Events are for logs; nothing that the explorer looks at. */
const onEvent = () => undefined;

/** How long a function may run; longer than its deadlines. */
export const FUNCTION_MS = 150_000;

/** What both functions are wired with. */
interface Wired {
  readonly lease: LeaseContext;
  readonly limits: typeof limits;
  readonly owner: string;
  readonly onEvent: typeof onEvent;
}

/** A function that is fed by a queue, for a batch of one; at its end the Lambda service deletes what did not fail. */
export async function consumeOne(
  { name, leases, clock, random, newId, note }: ActorPorts,
  control: ActorPorts['commitQueue'] | ActorPorts['followUpQueue'],
  { delivery, maxReceiveCount }: { readonly delivery: Delivery; readonly maxReceiveCount: number },
  handle: (wired: Wired, delivery: Delivery, bounds: AttemptBounds) => Promise<void>,
): Promise<void> {
  const lease: LeaseContext = {
    leases,
    clock,
    random,
    newId,
    onEvent({ type }) {
      if (type === 'lease.lost') note({ type: 'lease-lost' });
    },
  };
  const redeliveryMs = limits.lease.ttlMs;
  const consumer = { control, clock, random, redeliveryMs, maxReceiveCount, onEvent };
  const { signal } = new AbortController();
  const endsByMs = clock.now() + FUNCTION_MS;
  const failed = await consumeBatch(consumer, [delivery], async (one) => {
    try {
      await handle({ lease, limits, owner: name, onEvent }, one, {
        maxReceiveCount,
        signal,
        endsByMs,
      });
    } catch (error) {
      note({ type: 'gave-up', error: error as Error });
      throw error;
    }
  });
  if (failed.length === 0) await control.acknowledge(delivery);
}
