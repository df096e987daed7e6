import { CommitlaneError } from '../errors/index.ts';
import type { Delivery } from './delivery.ts';

/** Whether a message that failed so belongs on the dead-letter queue: it cannot succeed, or it has no delivery left. */
export function isLastFailure(error: unknown, { receiveCount }: Delivery, maxReceiveCount: number): boolean {
  const isFinal = error instanceof CommitlaneError && !error.retry.retryable;
  return isFinal || receiveCount >= maxReceiveCount;
}
