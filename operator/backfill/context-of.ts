import type { BackfillContext } from '../../lib/backfill/index.ts';
import type { Target } from '../target/index.ts';
import { EmbeddingOffError } from './errors.ts';

/** @throws EmbeddingOffError */
export function contextOf(target: Target, signal: AbortSignal): BackfillContext {
  const { embedding, store, clock, random } = target;
  if (!embedding) throw new EmbeddingOffError(target.stackName);
  return { store, embedding, clock, random, signal };
}
