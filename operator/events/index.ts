export { followLocalEvents } from './follow-local-events.ts';
