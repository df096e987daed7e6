export type { Clock } from './clock.ts';
export { type Deadline, startDeadline } from './deadline.ts';
export { systemClock } from './system-clock.ts';
export { withTimeLimit } from './time-limit.ts';
export { untilAborted } from './until-aborted.ts';
