import type { Item } from '../table/index.ts';

/** One write to an item, as the table's stream tells it. */
export interface StreamChange {
  /** Of the stream record: digits only, greater than those of earlier writes to the same partition. */
  readonly sequence: string;
  /** When it was written; streams know it to the second. */
  readonly atMs: number;
  readonly pk: string;
  readonly sk: string;
  /** The item before the write; absent where there was none. */
  readonly before?: Item;
  /** The item after it; absent where it was deleted, or has expired. */
  readonly after?: Item;
}
