/** What became of an append. */
export interface AppendResult {
  /** Where its messages are that were not stored before; of a repeat, where the newest of them is. */
  readonly position: number;
  readonly messageIds: readonly string[];
  /**
   * Where each message is, in the order of `messageIds`; `null` for a message of a repeated append that was stored more
   * than 12 hours ago, and whose position is not remembered any more.
   */
  readonly positions: readonly (number | null)[];
  /** True when all of its messages were stored before, and nothing was written now. */
  readonly duplicate: boolean;
}
