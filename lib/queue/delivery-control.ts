import type { Delivery } from './delivery.ts';

/** What a consumer may do with a delivery that it holds, besides acknowledging it. */
export interface DeliveryControl {
  /** Makes it come again `visibleInMs` from now (0 to 12 hours), unless it is acknowledged before. */
  setVisibility(delivery: Delivery, visibleInMs: number): Promise<void>;
  /** Puts a copy on the dead-letter queue, with the reason; the original is then to be acknowledged. */
  deadLetter(delivery: Delivery, reason: DeadLetterReason): Promise<void>;
}

export interface DeadLetterReason {
  /** Stable, for filters. */
  readonly code: string;
  readonly message: string;
}
