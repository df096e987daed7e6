export { FollowUpDeadlineError, StepTimeoutError } from './errors.ts';
export { followUpArchive } from './follow-up-archive.ts';
export type { FollowUpContext } from './follow-up-context.ts';
export type { FollowUpEvent } from './follow-up-event.ts';
export { type FollowUpMessage, followUpMessageSchema } from './follow-up-message.ts';
export { handleFollowUp } from './handle-follow-up.ts';
