import type { LogRecord, SessionKey } from '../session/index.ts';
import { type LogStore, logPages } from '../store/index.ts';
import { type BoundaryOptions, endsTurn, hasHalves, wholeBoundary } from './whole-boundary.ts';

/** Longer turns of agents are cut; a context mends that. */
const MAX_RECORDS_OF_TURN = 50;
/** Most turns end after a call or two. */
const RECORDS_PER_READ = 10;

/**
 * The last position, `to` or before, where no call of a tool is parted from its result. Reads nothing when the records
 * behind hold no result of an earlier call, unless open calls are to be kept.
 *
 * @param bounds.from where what is live begins.
 * @param options.behind the records behind `to`, oldest first.
 * @param options.keepsOpenCalls whether a call that has no result yet stays behind, too.
 * @returns `to` when turns that belong together are longer than 50 records, and have to be cut.
 */
export async function lastWhole(
  store: LogStore,
  key: SessionKey,
  { from, to }: { readonly from: number; readonly to: number },
  { behind, keepsOpenCalls }: Omit<BoundaryOptions, 'before'>,
): Promise<number> {
  let boundary = to;
  let kept = behind;
  while (boundary >= from && (keepsOpenCalls || hasHalves(kept))) {
    const before = await turnBefore(store, key, { from, to: boundary });
    const first = before[0];
    if (first === undefined) return boundary;
    const whole = wholeBoundary({ before, behind: kept, keepsOpenCalls });
    if (whole !== undefined) return whole === before.at(-1)?.position ? boundary : whole;
    kept = [...before, ...kept];
    if (kept.length - behind.length >= MAX_RECORDS_OF_TURN) return to;
    boundary = first.position - 1;
  }
  return boundary;
}

/** The records of the turn that goes on at `to`, oldest first, with the one in which somebody else spoke last. */
async function turnBefore(
  store: LogStore,
  key: SessionKey,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  const range = { from, to, limit: RECORDS_PER_READ, newestFirst: true };
  for await (const entries of logPages(store, key, range)) {
    for (const entry of entries) {
      if (entry.kind !== 'record') continue;
      records.unshift(entry);
      if (entry.messages.some(endsTurn)) return records;
    }
    if (records.length >= MAX_RECORDS_OF_TURN) break;
  }
  return records;
}
