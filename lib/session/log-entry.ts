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

/** A position that was handed out, but that a commit, or an append that overlaps, closed before anything was written. */
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

/** How much an append adds. */
export interface Amount {
  readonly messages: number;
  /** An estimate, without any model's vocabulary. */
  readonly tokens: number;
}

/**
 * What is remembered of an append that a frontend may repeat, or of one message of an append whose messages all have
 * ids: where it went, and what it was.
 */
export interface AppendKey {
  readonly key: string;
  readonly position: number;
  /** SHA-256 of the messages, in hex: the same key with other messages is a mistake, not a repeat. */
  readonly sha256: string;
  readonly messageIds: readonly string[];
  /** The append that the message came with; absent when it came alone, and when the key is that of a whole append. */
  readonly appendId?: string;
  /** From then on the key is free again, whether or not the database has removed the item. */
  readonly expiresAtMs: number;
}
