export { batches } from './batches.ts';
export type { Patience } from './finish-batch.ts';
export { inParallel } from './in-parallel.ts';
