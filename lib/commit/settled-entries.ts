import { type LogEntry, retention } from '../session/index.ts';
import { logPages } from '../store/index.ts';
import type { CommitRun } from './commit-run.ts';
import { ProtocolViolationError } from './errors.ts';

/**
 * Every position of a sealed range, in order, two pages in memory at most. A missing one, handed out but not yet
 * written, is closed with a void; if its record arrives first, the record counts.
 *
 * @throws ProtocolViolationError when a position is neither written nor can be closed.
 */
export async function* settledEntries(
  run: CommitRun,
  { from, to }: { readonly from: number; readonly to: number },
): AsyncGenerator<LogEntry> {
  let next = from;
  for await (const entries of logPages(run.store, run.key, { from, to })) {
    for (const entry of entries) {
      for (; next < entry.position; next += 1) yield await settle(run, next);
      yield entry;
      next = entry.position + 1;
    }
  }
  for (; next <= to; next += 1) yield await settle(run, next);
}

async function settle({ store, key, clock }: CommitRun, position: number): Promise<LogEntry> {
  const closed = await store.voidPosition(key, position, clock.now() + retention.closedPositionMs);
  if (closed) return { kind: 'void', position };
  const arrived = await store.readEntry(key, position);
  if (arrived) return arrived;
  throw new ProtocolViolationError(key, `Position ${position} can neither be read nor be closed`);
}
