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

/** What a worker is given: the deliveries of one invocation, and how often a message is delivered at most. */
export interface Invocation {
  readonly deliveries: readonly Delivery[];
  readonly maxReceiveCount: number;
}

/** A function that is fed by a queue; at its end the Lambda service deletes what did not fail. */
export async function consume(
  { name, leases, clock, random, newId, note }: ActorPorts,
  control: ActorPorts['commitQueue'] | ActorPorts['followUpQueue'],
  { deliveries, maxReceiveCount }: Invocation,
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
  const attempt = ({ messageId }: Delivery) => note({ type: 'attempted', messageId });
  const [first] = deliveries;
  // Should the worker die before it has begun: this is the message that it would have begun with.
  if (first) attempt(first);
  const endsByMs = clock.now() + FUNCTION_MS;
  const failed = await consumeBatch(consumer, deliveries, async (one) => {
    if (one !== first) attempt(one);
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
  for (const delivery of deliveries) if (!failed.includes(delivery)) await control.acknowledge(delivery);
}
