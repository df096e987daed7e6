import { batches } from '../batch/index.ts';
import { StoreUnavailableError } from './errors.ts';

/** Both throw StoreUnavailableError when the database gets nowhere any more. */
export const { finishBatch, readInBatches } = batches(
  (operation, cause) => new StoreUnavailableError(operation, cause),
);
