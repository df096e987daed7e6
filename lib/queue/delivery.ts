import { CommitlaneError } from '../errors/index.ts';

/** One delivery of a queued message. A message may be delivered more than once. */
export interface Delivery {
  readonly messageId: string;
  readonly receiptHandle: string;
  /** Deliveries of one group come one at a time, in order. */
  readonly group: string;
  readonly body: string;
  /** 1 at the first delivery. */
  readonly receiveCount: number;
  /** It was a dead letter, and somebody has sent it back: who and why, as far as is known. */
  readonly replay?: string;
}

/** What bounds one attempt at a message. */
export interface AttemptBounds {
  /** After this many deliveries the queue moves the message to its dead-letter queue. */
  readonly maxReceiveCount: number;
  /** Aborts when the worker has no more time. */
  readonly signal: AbortSignal;
  /** When the worker is killed, however far it is; unknown unless given. */
  readonly endsByMs?: number;
}

/** Whether a message that failed so belongs on the dead-letter queue: it cannot succeed, or it has no delivery left. */
export function isLastFailure(error: unknown, { receiveCount }: Delivery, maxReceiveCount: number): boolean {
  const isFinal = error instanceof CommitlaneError && !error.retry.retryable;
  return isFinal || receiveCount >= maxReceiveCount;
}

/** The attribute of a message that was a dead letter and was sent back; its value says who did so, and why it was given up. */
export const REPLAY_ATTRIBUTE = 'commitlaneReplay';
