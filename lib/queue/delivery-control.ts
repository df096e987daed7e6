import type { Delivery } from './delivery.ts';

/** What a consumer may do with a delivery that it holds, besides acknowledging it. */
export interface DeliveryControl {
  /** Makes it come again `visibleInMs` from now (0 to 12 hours), unless it is acknowledged before. */
  setVisibility(delivery: Delivery, visibleInMs: number): Promise<void>;
  /**
   * Puts a copy on the dead-letter queue, with the reason, cut to 1,000 characters, if there is room for it; the original
   * is then to be acknowledged. @throws QueueUnavailableError: given back then, the message comes again until the queue
   * itself moves it, after `maxReceiveCount` deliveries.
   */
  deadLetter(delivery: Delivery, reason: DeadLetterReason): Promise<void>;
}

export interface DeadLetterReason {
  /** Stable, for filters. */
  readonly code: string;
  readonly message: string;
}
