export type { Amount } from './amount.ts';
export type { AppendKey } from './append-key.ts';
export { type AutoCommitPolicy, autoCommitPolicySchema, keepRecentSchema } from './auto-commit-policy.ts';
export { commitReasonSchema } from './commit-reason.ts';
export {
  type CommitChange,
  type CommitRetry,
  type CommitState,
  type CommitStatus,
  MAX_DETAIL_LENGTH,
  type TimelineEntry,
} from './commit-status.ts';
export { isBeforeArchive } from './is-before-archive.ts';
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
export { retryOf } from './retry-of.ts';
export type { SessionKey } from './session-key.ts';
export type { RequestedCommit, Seal, SessionMeta } from './session-meta.ts';
export { lastHeardAtMsOf, statusAsOf } from './status-as-of.ts';
