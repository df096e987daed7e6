import type { ExhaustedPolicy } from '../limits/index.ts';
import { LeaseUnavailableError } from './errors.ts';

export type ExhaustedDecision =
  /** It failed otherwise, or is to be tried again: the error goes to the queue as it is. */
  | { readonly action: 'retry-later' }
  | { readonly action: 'dead-letter'; readonly because: LeaseUnavailableError }
  | { readonly action: 'skip'; readonly because: LeaseUnavailableError };

/** What the policy of a lease makes of work that failed with this error: only a lease that stayed busy is its matter. */
export function whenExhausted(error: unknown, policy: ExhaustedPolicy): ExhaustedDecision {
  if (!(error instanceof LeaseUnavailableError) || policy === 'retry-later') return { action: 'retry-later' };
  return { action: policy, because: error };
}
