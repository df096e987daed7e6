import { whenExhausted } from '../lease/index.ts';
import type { Limits } from '../limits/index.ts';
import { DeadLetterError, type Delivery, isLastFailure } from '../queue/index.ts';
import { SessionNotFoundError } from '../store/index.ts';

export interface FailureFacts {
  readonly onExhausted: Limits['lease']['onExhausted'];
  readonly delivery: Delivery;
  readonly maxReceiveCount: number;
}

/** The delivery has failed, and its error is thrown. */
type FailedDelivery =
  /** For the queue to deliver again; the commit stays as it is. */
  | { readonly action: 'give-back'; readonly error: unknown }
  /** For the dead-letter queue, once the commit has taken the transition. */
  | {
      readonly action: 'give-up';
      readonly transition: 'give-up' | 'give-up-again';
      readonly error: unknown;
    };

export type AfterFailure =
  | FailedDelivery
  /** The message is acknowledged: there is nothing to commit any more. */
  | { readonly action: 'end'; readonly as: 'session-gone' }
  /**
   * The message is acknowledged if the commit can still be skipped. One that has begun may have sealed: only trying
   * it again is sure to finish it.
   */
  | { readonly action: 'skip'; readonly because: Error; readonly orElse: FailedDelivery };

/** Decides what becomes of a commit, and of its message, when a delivery has failed. */
export function afterFailure(error: unknown, facts: FailureFacts): AfterFailure {
  if (error instanceof SessionNotFoundError) return { action: 'end', as: 'session-gone' };
  const decision = whenExhausted(error, facts.onExhausted);
  if (decision.action === 'skip') return { ...decision, orElse: failed(error, facts) };
  if (decision.action === 'dead-letter')
    return failed(new DeadLetterError(decision.because, { cause: error }), facts);
  return failed(error, facts);
}

/** How a commit is given up: a replayed message may find it as the death before left it. */
export function giveUpOf({ replay }: Delivery): 'give-up' | 'give-up-again' {
  return replay === undefined ? 'give-up' : 'give-up-again';
}

function failed(error: unknown, { delivery, maxReceiveCount }: FailureFacts): FailedDelivery {
  if (!isLastFailure(error, delivery, maxReceiveCount)) return { action: 'give-back', error };
  return { action: 'give-up', transition: giveUpOf(delivery), error };
}
