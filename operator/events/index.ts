export { type EventsInput, followLocalEvents } from './follow-local-events.ts';
