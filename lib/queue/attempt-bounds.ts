/** What bounds one attempt at a message. */
export interface AttemptBounds {
  /** After this many deliveries the queue moves the message to its dead-letter queue. */
  readonly maxReceiveCount: number;
  /** Aborts when the worker has no more time. */
  readonly signal: AbortSignal;
  /** When the worker is killed, however far it is; unknown unless given. */
  readonly endsByMs?: number;
}
