import { type ConsumeContext, consumeBatch, type Delivery, idsIn, type QueueEvent } from '../queue/index.ts';
import type { Telemetry } from '../telemetry/index.ts';

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
): Promise<readonly Delivery[]> {
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
  const { traceparent, ...ids } = idsIn(body);
  const known = Object.entries(ids).filter(([, id]) => id !== undefined);
  return telemetry.unit({ ...Object.fromEntries(known), attempt }, traceparent);
}
