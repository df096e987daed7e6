import type { LogRecord, SessionKey } from '../session/index.ts';
import { AppendContendedError } from './errors.ts';
import type { LogContext } from './log-context.ts';

export interface AppendResult {
  readonly position: number;
  readonly messageIds: readonly string[];
  /** True when the same append was stored before, and nothing was written now. */
  readonly duplicate: boolean;
}

/** A position that a commit has closed is replaced by a new one at most this often. */
const MAX_POSITIONS = 5;

/**
 * Writes a record at its position, or, when a commit has closed that, at the next one that `nextPosition` gives. A
 * position that already holds this append, live or archived, means that an earlier try succeeded.
 *
 * @throws AppendContendedError after `MAX_POSITIONS` closed positions.
 */
export async function putOnce(
  { store }: LogContext,
  key: SessionKey,
  record: LogRecord,
  nextPosition: (closed: number) => Promise<number>,
): Promise<AppendResult> {
  const messageIds = record.messages.map(({ id }) => id);
  let { position } = record;
  for (let attempt = 1; attempt <= MAX_POSITIONS; attempt += 1) {
    if (await store.putRecord(key, { ...record, position }))
      return { position, messageIds, duplicate: false };
    const entry = await store.readEntry(key, position);
    const isOurs = entry !== undefined && entry.kind !== 'void' && entry.appendId === record.appendId;
    if (isOurs) return { position, messageIds, duplicate: true };
    position = await nextPosition(position);
  }
  throw new AppendContendedError(MAX_POSITIONS);
}
