export { appendBounds } from './append-bounds.ts';
export { type AutoCommitPolicy, autoCommitPolicySchema, keepRecentSchema } from './auto-commit-policy.ts';
export { type CommitChange, type CommitDeath, type CommitRetry, entryOf } from './commit-change.ts';
export { commitReasonSchema } from './commit-reason.ts';
export {
  endedWell,
  isBeforeArchive,
  isFinal,
  isRunning,
  statesBeforeArchive,
} from './commit-states.ts';
export {
  type CommitPhase,
  type CommitState,
  type CommitStatus,
  commitPhases,
  commitStates,
  MAX_DETAIL_LENGTH,
  type TimelineEntry,
} from './commit-status.ts';
export { type CommitTransitionName, commitTransitions, mayTake } from './commit-transitions.ts';
export { messageContentSchema } from './content-schema.ts';
export { type LastAttempt, lastAttempt } from './last-attempt.ts';
export { commitMark, commitMarkSchema, sessionMark, sessionMarkSchema } from './list-marks.ts';
export type { Amount, AppendKey, LogEntry, LogRecord, LogTombstone } from './log-entry.ts';
export {
  type Message,
  messageMetadataSchema,
  messageRoles,
  type NewMessage,
  nameSchema,
  newMessageSchema,
  newMessagesSchema,
} from './message.ts';
export { retention } from './retention.ts';
export { retryOf } from './retry-of.ts';
export {
  MAX_FORMER_SCOPES,
  type RequestedCommit,
  type Seal,
  type SessionKey,
  type SessionMeta,
} from './session-meta.ts';
export { lastHeardAtMsOf, statusAsOf } from './status-as-of.ts';
export { titleSchema } from './title.ts';
export { unrecordedDeath } from './unrecorded-death.ts';
