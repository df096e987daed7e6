import type { CommitlaneEvent, EventBus } from '../../lib/events/index.ts';

/** A bus that keeps what it takes, and may be told not to. */
export function busDouble(options: { maxEntries?: number; maxBytes?: number } = {}) {
  const taken: CommitlaneEvent[] = [];
  const requests: string[][] = [];
  const answers: ((events: readonly CommitlaneEvent[]) => readonly CommitlaneEvent[])[] = [];
  const bus: EventBus = {
    maxEntries: 10,
    maxBytes: 1_000_000,
    sizeOf: (event) => JSON.stringify(event).length,
    ...options,
    async put(events) {
      requests.push(events.map(({ type }) => type));
      const left = answers.shift()?.(events) ?? [];
      taken.push(...events.filter((event) => !left.includes(event)));
      return left;
    },
  };
  return {
    bus,
    taken,
    /** What each request asked for. */
    requests,
    /** Decides about the next request: what it returns is not taken. */
    next: (answer: (events: readonly CommitlaneEvent[]) => readonly CommitlaneEvent[]) =>
      void answers.push(answer),
  };
}
