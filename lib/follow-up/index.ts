export { FollowUpDeadlineError, StepTimeoutError } from './errors.ts';
export { followUpArchive } from './follow-up-archive.ts';
export type { FollowUpContext } from './follow-up-context.ts';
export type { FollowUpEvent } from './follow-up-event.ts';
export { handleFollowUp } from './handle-follow-up.ts';
