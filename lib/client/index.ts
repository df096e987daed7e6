export type { PositionedMessage } from '../api/index.ts';
export type { Clock } from '../clock/index.ts';
export type { MemoryCategory } from '../memory/index.ts';
export type { NewMessage } from '../session/index.ts';
export type {
  AppendOptions,
  AutoCommitSettings,
  CallOptions,
  CommitlaneClient,
  CommitOptions,
  ContextOptions,
  ListOptions,
  MemoryListOptions,
  MemorySearchOptions,
  MessageSearchOptions,
  PageOptions,
  SessionListOptions,
  SessionSettings,
} from './client.ts';
export type { ClientLimits, ClientOptions } from './client-options.ts';
export { commitlaneClient } from './commitlane-client.ts';
export {
  CommitlaneApiError,
  CommitlaneNetworkError,
  CommitlaneUsageError,
  CommitWatchTimeoutError,
  type NetworkFailure,
} from './errors.ts';
export type * from './event-views.ts';
export type { EventsOptions } from './session-events.ts';
export type * from './views.ts';
export type { WatchOptions } from './watch-commit.ts';
