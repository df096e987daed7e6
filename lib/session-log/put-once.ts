import type { LogRecord, SessionKey } from '../session/index.ts';
import type { AppendResult } from './append-result.ts';
import { AppendContendedError } from './errors.ts';
import type { LogContext } from './log-context.ts';
import { putAt } from './put-at.ts';

/** A position that is closed is replaced by a new one at most this often. */
export const MAX_POSITIONS = 5;

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
    const outcome = await putAt(store, key, { ...record, position });
    if (outcome !== 'closed') {
      const positions = messageIds.map(() => position);
      return { position, messageIds, positions, duplicate: outcome === 'there' };
    }
    position = await nextPosition(position);
  }
  throw new AppendContendedError(MAX_POSITIONS);
}
