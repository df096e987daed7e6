export { CommitNotCancellableError, CommitNotFoundError, cancelCommit } from './cancel-commit.ts';
export type { CommitContext } from './commit-context.ts';
export type { CommitEvent } from './commit-event.ts';
export { type CommitMessage, commitMessageSchema } from './commit-message.ts';
export { commitSession } from './commit-session.ts';
export { handleCommit } from './handle-commit.ts';
export { lastSealable } from './last-sealable.ts';
export { requestCommit } from './request-commit.ts';
export { sendAgainIfSilent } from './send-again.ts';
