/** What a log line belongs to; what is not known, or does not apply, is absent. */
export interface Ids {
  /** Of the function's run. */
  readonly requestId?: string;
  /** One for all that follows from a request, over both queues. */
  readonly traceId?: string;
  readonly tenant?: string;
  readonly session?: string;
  readonly commitId?: string;
  /** The archive that was worked on last. */
  readonly archive?: number;
  /** Which delivery of the message this is, from 1. */
  readonly attempt?: number;
}
