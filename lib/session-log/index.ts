export { appendMessages } from './append-messages.ts';
export type { AppendResult } from './append-result.ts';
export {
  AppendContendedError,
  AppendKeyReusedError,
  AppendTooLargeError,
  MessageIdReusedError,
  ReadContendedError,
} from './errors.ts';
export type { LogContext } from './log-context.ts';
export { readArchive } from './read-archive.ts';
export { readArchiveBackwards } from './read-archive-backwards.ts';
export { type PositionedMessage, readLive } from './read-live.ts';
