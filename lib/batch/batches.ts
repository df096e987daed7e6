import { finishBatch, type Patience } from './finish-batch.ts';

/** Runs requests that a database answers in parts. Both throw the signal's reason, and what `toError` makes. */
export interface Batches {
  /** Repeats a request with what its answer left undone. See `finishBatch`. */
  finishBatch<T>(
    operation: string,
    items: readonly T[],
    request: (items: readonly T[]) => Promise<readonly T[]>,
    patience: Patience,
  ): Promise<void>;
  /** What there is of many items, in no order, in as many requests for at most `most` as the database needs. */
  readInBatches<Key, Found>(
    operation: string,
    keys: readonly Key[],
    request: {
      readonly most: number;
      /** `left`: those that the database did not get to. */
      readonly read: (
        keys: readonly Key[],
      ) => Promise<{ readonly found: readonly Found[]; readonly left: readonly Key[] }>;
    },
    patience: Patience,
  ): Promise<Found[]>;
}

/** @param toError the error of a database that gets nowhere any more. */
export function batches(toError: (operation: string, cause: Error) => Error): Batches {
  const finish: Batches['finishBatch'] = (operation, items, request, patience) =>
    finishBatch(items, request, { ...patience, toError: (cause) => toError(operation, cause) });

  return {
    finishBatch: finish,
    async readInBatches(operation, keys, { most, read }, patience) {
      const all: Awaited<ReturnType<typeof read>>['found'][number][] = [];
      const readSome = async (wanted: typeof keys) => {
        const { found, left } = await read(wanted.slice(0, most));
        all.push(...found);
        return [...left, ...wanted.slice(most)];
      };
      await finish(operation, keys, readSome, patience);
      return all;
    },
  };
}
