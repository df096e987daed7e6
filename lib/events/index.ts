export type { EventBus } from './event-bus.ts';
export {
  type CommitEventDetail,
  type CommitlaneEvent,
  commitEventSchema,
  EVENT_SOURCE,
  eventSchema,
  eventTypes,
  type MemoryEventDetail,
  memoryEventSchema,
} from './event-schema.ts';
export { eventbridgeBus } from './eventbridge-bus.ts';
export { eventsOf } from './events-of.ts';
export { type PublishContext, publishChanges } from './publish-changes.ts';
export type { PublishingEvent } from './publishing-event.ts';
export type { StreamChange } from './stream-change.ts';
