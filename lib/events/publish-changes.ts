import { batches } from '../batch/index.ts';
import type { Clock } from '../clock/index.ts';
import { CommitlaneError } from '../errors/index.ts';
import { partitions } from '../table/index.ts';
import { EventBusUnavailableError, EventTooLargeError } from './errors.ts';
import type { EventBus } from './event-bus.ts';
import type { CommitlaneEvent } from './event-schema.ts';
import { eventsOf } from './events-of.ts';
import type { PublishingEvent } from './publishing-event.ts';
import type { StreamChange } from './stream-change.ts';
import { type Publication, toRequests } from './to-requests.ts';

export interface PublishContext {
  readonly bus: EventBus;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly onEvent: (event: PublishingEvent) => void;
}

/**
 * A write in the form of a newer version comes again for this long: while a deployment is under way, the next delivery
 * may be to a function that knows it. Later it is left out, because all that is behind it in its shard waits.
 */
const DEPLOYMENT_MS = 15 * 60_000;

const { finishBatch } = batches((_operation, cause) => new EventBusUnavailableError(cause));

/**
 * Publishes the events of writes, in the order of the writes: of a session, and of a memory, none before the one that
 * came before it. A write counts as published when the bus has taken its events, and not before.
 *
 * @param signal ends it between two requests.
 * @returns the first write that is to come again, with all behind it; undefined when all are published. What was
 * published of those is published again then, with the same ids.
 */
export async function publishChanges(
  context: PublishContext,
  changes: readonly StreamChange[],
  signal: AbortSignal,
): Promise<StreamChange | undefined> {
  const { publications, stop } = toPublish(context, changes);
  for (const request of toRequests(publications, context.bus)) {
    try {
      await publish(context, request, signal);
    } catch (error) {
      context.onEvent({ type: 'events.failed', error });
      return request[0].change;
    }
  }
  return stop;
}

async function publish(
  { bus, clock, random, onEvent }: PublishContext,
  request: readonly Publication[],
  signal: AbortSignal,
): Promise<void> {
  const events = request.map(({ event }) => event);
  await finishBatch('PutEvents', events, (left) => bus.put(left), { clock, random, signal });
  const writtenAtMs = Math.min(...request.map(({ change }) => change.atMs));
  onEvent({ type: 'events.published', count: events.length, lagMs: Math.max(0, clock.now() - writtenAtMs) });
}

/** What is to be published of writes, up to the first that has to come again. */
function toPublish(context: PublishContext, changes: readonly StreamChange[]) {
  const publications: Publication[] = [];
  for (const change of changes) {
    try {
      publications.push(...eventsToPublish(context.bus, change).map((event) => ({ change, event })));
    } catch (error) {
      if (isWorthAnother(context, change, error)) {
        context.onEvent({ type: 'events.failed', error });
        return { publications, stop: change };
      }
      context.onEvent({ type: 'events.skipped', ...partitions.sessionOf(change.pk), error });
    }
  }
  return { publications, stop: undefined };
}

/** @throws ItemUnreadableError, ItemTooNewError, EventTooLargeError. */
function eventsToPublish({ sizeOf, maxBytes }: EventBus, change: StreamChange): CommitlaneEvent[] {
  const events = eventsOf(change);
  for (const event of events) {
    const bytes = sizeOf(event);
    if (bytes > maxBytes) throw new EventTooLargeError(event.id, { bytes, maxBytes });
  }
  return events;
}

function isWorthAnother({ clock }: PublishContext, { atMs }: StreamChange, error: unknown): boolean {
  const isForNow = error instanceof CommitlaneError && error.retry.retryable;
  return isForNow && clock.now() - atMs < DEPLOYMENT_MS;
}
