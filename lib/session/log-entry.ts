import type { Message } from './message.ts';

/**
 * What a position of the session log holds. A position's life is one way: absent → record → tombstone, or
 * absent → void; nothing ever overwrites a void.
 */
export type LogEntry = LogRecord | LogVoid | LogTombstone;

/** One append: its messages, live until a commit archives them. */
export interface LogRecord {
  readonly kind: 'record';
  readonly position: number;
  readonly appendId: string;
  readonly messages: readonly Message[];
  /** Of `messages` as UTF-8 JSON. */
  readonly bytes: number;
  readonly appendedAtMs: number;
}

/** A position that was handed out, but that a commit closed before anything was written there. */
interface LogVoid {
  readonly kind: 'void';
  readonly position: number;
}

/** A record that is in an archive; it keeps the append's id, so that a late retry knows that it succeeded. */
export interface LogTombstone {
  readonly kind: 'tombstone';
  readonly position: number;
  readonly appendId: string;
}
