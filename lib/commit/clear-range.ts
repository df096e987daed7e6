import { type LogTombstone, retention, type Seal } from '../session/index.ts';
import { ITEMS_PER_REQUEST, StoreUnavailableError } from '../store/index.ts';
import type { CommitRun } from './commit-run.ts';

/** A batch that the database does not finish is repeated this often, with a wait that doubles up to the maximum. */
const MAX_ATTEMPTS = 8;
const MIN_WAIT_MS = 50;
const MAX_WAIT_MS = 2_000;

/**
 * Overwrites the archived records with tombstones, page by page. They are not deleted: a worker that finds a missing
 * position closes it with a void, and the appender that has yet to hear of its success would append once more.
 *
 * @throws StoreUnavailableError when the database leaves some undone after all attempts.
 */
export function clearRange(run: CommitRun, seal: Seal): Promise<void> {
  return run.trace('commit.clear', () => clear(run, seal));
}

async function clear(run: CommitRun, { archive, from, to }: Seal): Promise<void> {
  let cleared = 0;
  let next = from;
  while (next <= to) {
    const { entries, complete } = await run.store.readRange(run.key, { from: next, to });
    const tombstones = entries.flatMap((entry): LogTombstone[] =>
      entry.kind === 'record'
        ? [{ kind: 'tombstone', position: entry.position, appendId: entry.appendId }]
        : [],
    );
    for (let start = 0; start < tombstones.length; start += ITEMS_PER_REQUEST) {
      await putAll(run, tombstones.slice(start, start + ITEMS_PER_REQUEST));
    }
    cleared += tombstones.length;
    next = complete ? to + 1 : (entries.at(-1)?.position ?? to) + 1;
  }
  run.report({ type: 'commit.cleared', archive, records: cleared });
}

async function putAll(
  { store, key, clock, random }: CommitRun,
  tombstones: readonly LogTombstone[],
): Promise<void> {
  let rest = tombstones;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    rest = await store.putTombstones(key, rest, clock.now() + retention.closedPositionMs);
    if (rest.length === 0) return;
    await clock.sleep(random() * Math.min(MAX_WAIT_MS, MIN_WAIT_MS * 2 ** attempt));
  }
  throw new StoreUnavailableError('putTombstones', new Error(`${rest.length} records were not cleared`));
}
