import type { CommitlaneEvent } from './event-schema.ts';

/** Whoever brings events to their subscribers. */
export interface EventBus {
  /**
   * Puts events on the bus, in one request. An answer may be partial: then those that were not taken are worth another.
   *
   * @param events at most `maxEntries`, whose `sizeOf` is `maxBytes` together at most.
   * @returns those that were not taken.
   * @throws EventBusUnavailableError: it is not known which were taken.
   */
  put(events: readonly CommitlaneEvent[]): Promise<readonly CommitlaneEvent[]>;
  /** Of one request. */
  readonly maxEntries: number;
  readonly maxBytes: number;
  /** What an event counts for, in bytes. */
  sizeOf(event: CommitlaneEvent): number;
}
