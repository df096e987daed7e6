import { type LogTombstone, retention, type Seal } from '../session/index.ts';
import { finishBatch, ITEMS_PER_REQUEST, logPages } from '../store/index.ts';
import type { CommitRun } from './commit-run.ts';

/**
 * Overwrites the archived records with tombstones, page by page. They are not deleted: a worker that finds a missing
 * position closes it with a void, and the appender that has yet to hear of its success would append once more.
 *
 * @throws StoreUnavailableError when the database gets nowhere any more.
 */
export async function clearRange(run: CommitRun, { archive, from, to }: Seal): Promise<void> {
  let cleared = 0;
  for await (const entries of logPages(run.store, run.key, { from, to })) {
    const tombstones = entries.flatMap((entry): LogTombstone[] =>
      entry.kind === 'record'
        ? [{ kind: 'tombstone', position: entry.position, appendId: entry.appendId }]
        : [],
    );
    await putAll(run, tombstones);
    cleared += tombstones.length;
  }
  run.report({ type: 'commit.cleared', archive, records: cleared });
}

function putAll(
  { store, key, clock, random }: CommitRun,
  tombstones: readonly LogTombstone[],
): Promise<void> {
  const putSome = async (wanted: readonly LogTombstone[]) => [
    ...(await store.putTombstones(
      key,
      wanted.slice(0, ITEMS_PER_REQUEST),
      clock.now() + retention.closedPositionMs,
    )),
    ...wanted.slice(ITEMS_PER_REQUEST),
  ];
  return finishBatch('putTombstones', tombstones, putSome, { clock, random });
}
