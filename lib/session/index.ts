export type { AppendKey } from './append-key.ts';
export { type AutoCommitPolicy, autoCommitPolicySchema, keepRecentSchema } from './auto-commit-policy.ts';
export {
  type Amount,
  type AutoCommitReason,
  type AutoCommitState,
  autoCommitStateOf,
} from './auto-commit-state.ts';
export { commitReasonSchema } from './commit-reason.ts';
export type { CommitChange, CommitState, CommitStatus, TimelineEntry } from './commit-status.ts';
export type { LogEntry, LogRecord, LogTombstone } from './log-entry.ts';
export {
  appendBounds,
  type Message,
  type NewMessage,
  nameSchema,
  newMessageSchema,
  newMessagesSchema,
} from './message.ts';
export { retention } from './retention.ts';
export type { SessionKey } from './session-key.ts';
export type { RequestedCommit, Seal, SessionMeta } from './session-meta.ts';
export { statusAsOf } from './status-as-of.ts';
export { thresholdCrossed, thresholdReached } from './threshold-reached.ts';
