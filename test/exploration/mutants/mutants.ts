import { autoCommitMutants } from './auto-commit-mutants.ts';
import { commitMutants } from './commit-mutants.ts';
import { deletionMutants } from './deletion-mutants.ts';
import { embeddingMutants } from './embedding-mutants.ts';
import { eventMutants } from './event-mutants.ts';
import { followUpMutants } from './follow-up-mutants.ts';
import { leaseMutants } from './lease-mutants.ts';
import { logMutants } from './log-mutants.ts';
import { memoryMutants } from './memory-mutants.ts';
import type { Mutant } from './mutant.ts';
import { replayMutants } from './replay-mutants.ts';

/** Mistakes that somebody could make; each one is here because the protocol says why not. */
export const mutants: readonly Mutant[] = [
  ...commitMutants,
  ...logMutants,
  ...leaseMutants,
  ...followUpMutants,
  ...autoCommitMutants,
  ...replayMutants,
  ...deletionMutants,
  ...memoryMutants,
  ...embeddingMutants,
  ...eventMutants,
];
