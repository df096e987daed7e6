import { retention, type Seal, type SessionKey } from '../session/index.ts';
import { type DeletedSession, finishBatch, ITEMS_PER_REQUEST } from '../store/index.ts';
import { sortKeys } from '../table/index.ts';
import type { DeletionContext } from './deletion-context.ts';

/**
 * Closes every place where a request that is still on its way could write a message, whether or not one is there, with
 * items that expire: positions of the log, and, of an archive that is sealed and may not be copied yet, its manifest and
 * as many chunks as it can have. Deleting what is there would let such a request be written after the deletion, and
 * stay for good.
 */
export async function closePlaces(
  { store, lease }: DeletionContext,
  key: SessionKey,
  { liveFrom, liveTo, sealed }: DeletedSession,
  signal: AbortSignal,
): Promise<void> {
  const patience = { ...lease, signal };
  for (const positions of batches(countFrom(liveFrom, liveTo))) {
    const expiresAtMs = lease.clock.now() + retention.closedPositionMs;
    const close = (rest: readonly number[]) => store.closePositions(key, rest, expiresAtMs);
    await finishBatch('closePositions', positions, close, patience);
  }
  for (const names of batches(sealed ? namesOf(sealed) : [])) {
    const expiresAtMs = lease.clock.now() + retention.closedPositionMs;
    const close = (rest: readonly string[]) => store.removeItems(key, rest, expiresAtMs);
    await finishBatch('removeItems', names, close, patience);
  }
}

function* countFrom(from: number, to: number): Generator<number> {
  for (let number = from; number <= to; number += 1) yield number;
}

/** A chunk holds a record at least. */
function* namesOf({ archive, from, to }: Seal): Generator<string> {
  yield sortKeys.archive(archive);
  for (const index of countFrom(0, to - from)) yield sortKeys.chunk(archive, index);
}

function* batches<T>(items: Iterable<T>): Generator<readonly T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < ITEMS_PER_REQUEST) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
