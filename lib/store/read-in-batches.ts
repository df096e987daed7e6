import { finishBatch, type Patience } from './finish-batch.ts';

interface Batch<Key, Found> {
  readonly found: readonly Found[];
  /** Those that the database did not get to. */
  readonly left: readonly Key[];
}

/**
 * What there is of many items, in no order, in as many batch reads as the database needs.
 *
 * @param most that one request may ask for.
 * @throws StoreUnavailableError; the signal's reason.
 */
export async function readInBatches<Key, Found>(
  operation: string,
  keys: readonly Key[],
  {
    most,
    read,
  }: { readonly most: number; readonly read: (keys: readonly Key[]) => Promise<Batch<Key, Found>> },
  patience: Patience,
): Promise<Found[]> {
  const all: Found[] = [];
  const readSome = async (wanted: readonly Key[]) => {
    const { found, left } = await read(wanted.slice(0, most));
    all.push(...found);
    return [...left, ...wanted.slice(most)];
  };
  await finishBatch(operation, keys, readSome, patience);
  return all;
}
