import { untilAborted } from '../../../lib/clock/index.ts';
import type { BusEvent, FeedPlace } from '../../bus-events/index.ts';

/** The newest events, in the order in which they were put, at most 1,000 of 16 MiB together. */
export interface EventFeed {
  add(event: BusEvent): void;
  /**
   * Gives events as they come. One that is too slow misses those that are not kept any more.
   *
   * @returns undefined when 100 follow already.
   * @throws the signal's reason, at the next event that it waits for.
   */
  follow(place: FeedPlace, signal: AbortSignal): AsyncGenerator<BusEvent, never, undefined> | undefined;
}

const MAX_EVENTS = 1_000;
const MAX_BYTES = 16 * 1024 * 1024;
const MAX_FOLLOWERS = 100;

export function eventFeed(): EventFeed {
  const kept: { readonly event: BusEvent; readonly bytes: number }[] = [];
  /** Of the oldest one that is kept, counted from the first one that ever was. */
  let oldest = 0;
  let bytes = 0;
  let followers = 0;
  let next = Promise.withResolvers<void>();

  function placeOf(place: FeedPlace): number {
    if (place === 'now') return oldest + kept.length;
    if (place === 'start') return oldest;
    return oldest + kept.findLastIndex(({ event }) => event.detail['id'] === place.after) + 1;
  }

  async function* follow(begin: number, signal: AbortSignal): AsyncGenerator<BusEvent, never, undefined> {
    // Counted here: one that is never asked for its first event would never be at its end.
    followers += 1;
    try {
      for (let number = begin; ; ) {
        number = Math.max(number, oldest);
        const found = kept[number - oldest];
        if (found) {
          number += 1;
          yield found.event;
        } else await untilAborted(next.promise, signal);
      }
    } finally {
      followers -= 1;
    }
  }

  return {
    add(event) {
      const size = Buffer.byteLength(JSON.stringify(event));
      kept.push({ event, bytes: size });
      bytes += size;
      while (kept.length > MAX_EVENTS || bytes > MAX_BYTES) {
        bytes -= kept.shift()?.bytes ?? 0;
        oldest += 1;
      }
      next.resolve();
      next = Promise.withResolvers();
    },
    follow(place, signal) {
      return followers < MAX_FOLLOWERS ? follow(placeOf(place), signal) : undefined;
    },
  };
}
