export type { BusEvent } from './bus-event.ts';
export { EVENT_LINES, type FeedPlace, FOLLOW_EVENTS, followRequestSchema } from './follow-request.ts';
export { isEventOfSession } from './is-event-of-session.ts';
