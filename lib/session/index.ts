export type { AppendKey } from './append-key.ts';
export { type AutoCommitPolicy, autoCommitPolicySchema, keepRecentSchema } from './auto-commit-policy.ts';
export {
  type Amount,
  type AutoCommitReason,
  type AutoCommitState,
  autoCommitStateOf,
} from './auto-commit-state.ts';
export {
  type CommitChange,
  type CommitRetry,
  type CommitState,
  type CommitStatus,
  MAX_DETAIL_LENGTH,
  type TimelineEntry,
} from './commit-status.ts';
export type { LogEntry, LogRecord, LogTombstone } from './log-entry.ts';
export { appendBounds, type Message, type NewMessage, nameSchema, newMessageSchema } from './message.ts';
export { retention } from './retention.ts';
export { retryOf } from './retry-of.ts';
export type { SessionKey } from './session-key.ts';
export type { RequestedCommit, Seal, SessionMeta } from './session-meta.ts';
export { statusAsOf } from './status-as-of.ts';
export { thresholdCrossed, thresholdReached } from './threshold-reached.ts';
