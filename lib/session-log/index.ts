export { appendMessages } from './append-messages.ts';
export type { AppendResult } from './append-result.ts';
export {
  AppendContendedError,
  AppendKeyReusedError,
  AppendTooLargeError,
  MessageIdReusedError,
  MessageNotFoundError,
  OvertakenError,
  ReadContendedError,
} from './errors.ts';
export { findMessage } from './find-message.ts';
export type { LogContext } from './log-context.ts';
export type { LogSource, Place } from './log-read.ts';
export { readArchive } from './read-archive.ts';
export { readArchiveBackwards } from './read-archive-backwards.ts';
export { type PositionedMessage, readLive } from './read-live.ts';
export { readsBackwards } from './reads-backwards.ts';
