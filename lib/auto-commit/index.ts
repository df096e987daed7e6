export { appendAndCommit } from './append-and-commit.ts';
export type { AutoCommitContext, CheckContext } from './auto-commit-context.ts';
export type { AutoCommitEvent } from './auto-commit-event.ts';
export type { AutoCommitReason } from './auto-commit-state.ts';
export { checkDueSessions } from './check-due-sessions.ts';
