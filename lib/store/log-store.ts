import type { AppendKey, LogEntry, LogRecord, LogTombstone, SessionKey } from '../session/index.ts';

/** The port to the positions of a session's log, and to the keys of its appends. */
export interface LogStore {
  /** Writes the record if its position is absent; returns whether it did so. */
  putRecord(key: SessionKey, record: LogRecord): Promise<boolean>;
  readEntry(key: SessionKey, position: number): Promise<LogEntry | undefined>;
  /** One page of the log between two positions, both included. `logPages` asks for all of them. */
  readRange(key: SessionKey, range: LogRange): Promise<LogPage>;
  /** Closes a position if it is absent; returns whether it did so. */
  voidPosition(key: SessionKey, position: number, expiresAtMs: number): Promise<boolean>;
  /** Overwrites at most `ITEMS_PER_REQUEST` records; returns those that the database did not get to. */
  putTombstones(
    key: SessionKey,
    tombstones: readonly LogTombstone[],
    expiresAtMs: number,
  ): Promise<LogTombstone[]>;

  /** Remembers an append key unless one that is still valid at `nowMs` is there; returns whether it did so. */
  putAppendKey(key: SessionKey, appendKey: AppendKey, nowMs: number): Promise<boolean>;
  readAppendKey(key: SessionKey, appendKey: string): Promise<AppendKey | undefined>;
  /**
   * Replaces what is remembered under `appendKey.key` if that points to `fromPosition` (or to `appendKey.position`
   * already); returns whether it did so.
   */
  moveAppendKey(key: SessionKey, appendKey: AppendKey, fromPosition: number): Promise<boolean>;
}

export interface LogRange {
  readonly from: number;
  readonly to: number;
  /** At most this many entries; a page may hold fewer. */
  readonly limit?: number;
  readonly newestFirst?: boolean;
}

interface LogPage {
  readonly entries: readonly LogEntry[];
  /** False when the page ended, by size or limit, before the end of the range. */
  readonly complete: boolean;
}
