import { z } from 'zod';
import {
  type ConsumeContext,
  consumeBatch,
  type Delivery,
  InvalidMessageError,
  parseBody,
  type QueueEvent,
} from '../queue/index.ts';
import { nameSchema } from '../session/index.ts';
import type { Telemetry } from '../telemetry/index.ts';
import { traceparentSchema } from '../trace/index.ts';

/** What log lines say of a message. Each by itself: a body that its consumer refuses may still say whose it is. */
const bodySchema = z.object({
  tenant: nameSchema.optional().catch(undefined),
  session: nameSchema.optional().catch(undefined),
  commitId: nameSchema.optional().catch(undefined),
  archive: z.int().optional().catch(undefined),
  traceparent: traceparentSchema.optional().catch(undefined),
});

/**
 * Consumes a batch like `consumeBatch`, with every delivery in a span of its own, in the trace that its message came
 * from; all that is reported about a delivery has its ids.
 *
 * @param name of the spans.
 */
export function consumeObserved(
  context: ConsumeContext & { readonly telemetry: Telemetry },
  name: string,
  deliveries: readonly Delivery[],
  handle: (delivery: Delivery) => Promise<void>,
): Promise<Delivery[]> {
  const { telemetry } = context;
  const units = new Map(deliveries.map((delivery) => [delivery.messageId, unitOf(telemetry, delivery)]));
  const unitFor = (messageId: string) => units.get(messageId) ?? telemetry.unit({});
  const onEvent = (event: QueueEvent) => unitFor(event.messageId).onEvent(event);
  return consumeBatch({ ...context, onEvent }, deliveries, (delivery) =>
    unitFor(delivery.messageId).run({ name, kind: 'message' }, () => {
      const { group, messageId, replay, receiveCount } = delivery;
      if (replay !== undefined && receiveCount === 1) onEvent({ type: 'queue.replayed', group, messageId });
      return handle(delivery);
    }),
  );
}

function unitOf(telemetry: Telemetry, { body, receiveCount: attempt }: Delivery) {
  const { traceparent, ...ids } = read(body);
  const known = Object.entries(ids).filter(([, id]) => id !== undefined);
  return telemetry.unit({ ...Object.fromEntries(known), attempt }, traceparent);
}

function read(body: string): z.output<typeof bodySchema> {
  try {
    return parseBody(bodySchema, body);
  } catch (error) {
    // Its consumer says so, in the event that sends it to the dead-letter queue.
    if (error instanceof InvalidMessageError) return {};
    throw error;
  }
}
