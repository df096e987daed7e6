import type { LogRecord, SessionKey } from '../session/index.ts';
import type { LogStore } from '../store/index.ts';

/**
 * Writes a record at its position, unless something is there.
 *
 * @returns `there` when it holds this append, live or archived: an earlier try succeeded. `closed` when the append needs
 * another position.
 */
export async function putAt(
  store: LogStore,
  key: SessionKey,
  record: LogRecord,
): Promise<'written' | 'there' | 'closed'> {
  if (await store.putRecord(key, record)) return 'written';
  const entry = await store.readEntry(key, record.position);
  const isOurs = entry !== undefined && entry.kind !== 'void' && entry.appendId === record.appendId;
  return isOurs ? 'there' : 'closed';
}
