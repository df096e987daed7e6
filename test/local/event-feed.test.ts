import { describe, expect, it } from 'vitest';
import type { BusEvent, FeedPlace } from '../../local/bus-events/index.ts';
import { eventFeed } from '../../local/emulators/events/event-feed.ts';

const event = (id: string, text = '') => ({ detail: { id, text } }) as unknown as BusEvent;

function world() {
  const feed = eventFeed();
  const stop = new AbortController();
  return {
    stop,
    follow: (place: FeedPlace) => feed.follow(place, stop.signal),
    add(...ids: string[]) {
      for (const id of ids) feed.add(event(id));
    },
    feed,
    /** The next ones of a follower, for which it waits. */
    async next(events: AsyncGenerator<BusEvent> | undefined, count: number) {
      const ids: unknown[] = [];
      while (ids.length < count) ids.push((await events?.next())?.value.detail.id);
      return ids;
    },
  };
}

describe('the feed of events', () => {
  it('begins with what is kept, with what comes, or after an event', async () => {
    const w = world();
    w.add('a', 'b');
    const [all, later, after, unknown] = [
      w.follow('start'),
      w.follow('now'),
      w.follow({ after: 'a' }),
      w.follow({ after: 'gone' }),
    ];
    w.add('c');
    expect(await w.next(all, 3)).toEqual(['a', 'b', 'c']);
    expect(await w.next(later, 1)).toEqual(['c']);
    expect(await w.next(after, 2)).toEqual(['b', 'c']);
    expect(await w.next(unknown, 3)).toEqual(['a', 'b', 'c']);
  });

  it('goes on after the last of those that have the same id', async () => {
    const w = world();
    w.add('a', 'b', 'a', 'c');
    expect(await w.next(w.follow({ after: 'a' }), 1)).toEqual(['c']);
  });

  it('keeps the newest 1,000, and lets who is too slow go on with those', async () => {
    const w = world();
    const slow = w.follow('now');
    w.add('first');
    expect(await w.next(slow, 1)).toEqual(['first']);
    for (let n = 1; n <= 1_500; n += 1) w.add(String(n));
    expect(await w.next(slow, 1)).toEqual(['501']);
    expect((await w.next(w.follow('start'), 1_000)).at(-1)).toBe('1500');
  });

  it('keeps 16 MiB', async () => {
    const w = world();
    for (const id of ['a', 'b', 'c']) w.feed.add(event(id, 'x'.repeat(6 * 1024 * 1024)));
    expect(await w.next(w.follow('start'), 2)).toEqual(['b', 'c']);
  });

  it('has 100 followers at a time', async () => {
    const w = world();
    w.add('a');
    const followers = Array.from({ length: 100 }, () => w.follow('start'));
    await Promise.all(followers.map((one) => w.next(one, 1)));
    expect(w.follow('start')).toBeUndefined();
    await followers[0]?.return(undefined as never);
    expect(await w.next(w.follow('start'), 1)).toEqual(['a']);
  });

  it('lets a follower go when its signal aborts', async () => {
    const w = world();
    const waiting = w.follow('now')?.next();
    w.stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});
