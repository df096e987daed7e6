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
