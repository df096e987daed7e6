import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { EventBusUnavailableError } from './errors.ts';
import type { EventBus } from './event-bus.ts';
import { type CommitlaneEvent, EVENT_SOURCE } from './event-schema.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const MAX_ENTRIES = 10;
/** Of one request; regions that take more take this, too. */
const MAX_BYTES = 256 * 1024;
/** What an entry's time counts for. */
const TIME_BYTES = 14;

/** A bus of Amazon EventBridge. */
export function eventbridgeBus(options: { client: EventBridgeClient; busName: string }): EventBus {
  const { client, busName } = options;
  const toEntry = (event: CommitlaneEvent) => ({
    EventBusName: busName,
    Source: EVENT_SOURCE,
    DetailType: event.type,
    Detail: JSON.stringify(event),
    Time: new Date(event.at),
  });

  return {
    maxEntries: MAX_ENTRIES,
    maxBytes: MAX_BYTES,
    sizeOf(event) {
      const { Source, DetailType, Detail } = toEntry(event);
      return (
        TIME_BYTES + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail)
      );
    },
    async put(events) {
      try {
        const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: events.map(toEntry) }));
        // An answer has the entries of its request, in their order.
        return events.filter((_event, index) => Entries[index]?.EventId === undefined);
      } catch (error) {
        throw new EventBusUnavailableError(error);
      }
    },
  };
}
