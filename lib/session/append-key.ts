/** What is remembered of an append that a frontend may repeat: where it went, and what it was. */
export interface AppendKey {
  readonly key: string;
  readonly position: number;
  /** SHA-256 of the messages, in hex: the same key with other messages is a mistake, not a repeat. */
  readonly sha256: string;
  readonly messageIds: readonly string[];
  /** From then on the key is free again, whether or not the database has removed the item. */
  readonly expiresAtMs: number;
}
