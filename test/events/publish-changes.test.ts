import { describe, expect, it } from 'vitest';
import { type PublishingEvent, publishChanges, type StreamChange } from '../../lib/events/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { busDouble } from './bus-double.ts';
import {
  archivedChange,
  commitChange,
  commitOf,
  memoryChange,
  memoryOf,
  T,
  turned,
} from './stream-changes.ts';

function world(options: Parameters<typeof busDouble>[0] = {}) {
  const double = busDouble(options);
  const clock = fakeClock({ startMs: T });
  const reported: PublishingEvent[] = [];
  const context = {
    bus: double.bus,
    clock,
    random: () => 0.5,
    onEvent: (event: PublishingEvent) => void reported.push(event),
  };
  return {
    ...double,
    clock,
    reported,
    publish: (changes: readonly StreamChange[], signal = new AbortController().signal) =>
      clock.runUntil(publishChanges(context, changes, signal)),
  };
}

const tooNew = (sequence: string): StreamChange => {
  const change = archivedChange('chat', sequence);
  return { ...change, after: { ...change.after, schemaVersion: 9 } };
};

describe('publishing what was written', () => {
  it('puts the events on the bus in the order of their writes, and says how late they are', async () => {
    const { publish, taken, reported, clock } = world();
    await clock.advance(3_000);
    expect(
      await publish([archivedChange('a', '1'), memoryChange(undefined, memoryOf(), { sequence: '2' })]),
    ).toBeUndefined();
    expect(taken.map(({ type }) => type)).toEqual(['commit.archived', 'memory.changed']);
    expect(reported).toEqual([{ type: 'events.published', count: 2, lagMs: 3_000 }]);
  });

  it('asks nothing of the bus when there is nothing to tell', async () => {
    const { publish, requests } = world();
    const log = { sequence: '1', atMs: T, pk: 'TENANT#acme#SESSION#a', sk: 'LOG#000000000001', after: {} };
    expect(await publish([commitChange(undefined, commitOf()), log])).toBeUndefined();
    expect(requests).toEqual([]);
  });

  it('puts as many events into a request as the bus takes', async () => {
    const changes = Array.from({ length: 23 }, (_, index) => archivedChange(`s${index}`, String(index + 1)));
    const { publish, requests, taken } = world();
    await publish(changes);
    expect(requests.map(({ length }) => length)).toEqual([10, 10, 3]);
    expect(taken).toHaveLength(23);
  });

  it('puts no more bytes into a request than the bus takes', async () => {
    const changes = ['a', 'b', 'c'].map((session, index) => archivedChange(session, String(index + 1)));
    const { publish, requests, taken } = world({ maxBytes: 800 });
    await publish(changes);
    expect(requests.map(({ length }) => length)).toEqual([2, 1]);
    expect(taken).toHaveLength(3);
  });

  it('puts one event of a session into a request, because that may be taken in part', async () => {
    const commit = turned(commitOf(), 'committing');
    const overtaken = commitChange(commit, turned(commit, 'completed', { archive: 1 }), { sequence: '2' });
    const { publish, requests } = world();
    await publish([archivedChange('other', '1'), overtaken]);
    expect(requests).toEqual([['commit.archived', 'commit.archived'], ['commit.completed']]);
  });

  it('puts several memories of a scope into a request, and one event of each', async () => {
    const of = (key: string, sequence: string) => memoryChange(undefined, memoryOf({ key }), { sequence });
    const { publish, requests } = world();
    await publish([of('tea', '1'), of('milk', '2'), of('tea', '3')]);
    expect(requests.map(({ length }) => length)).toEqual([2, 1]);
  });

  it('asks again for what the bus did not take, until it does', async () => {
    const { publish, next, requests, taken } = world();
    next((events) => events.slice(1));
    next((events) => events);
    expect(await publish([archivedChange('a', '1'), archivedChange('b', '2')])).toBeUndefined();
    expect(requests).toHaveLength(3);
    expect(taken).toHaveLength(2);
  });

  it('gives up after eight answers in a row that took nothing, and has the write come again', async () => {
    const { publish, next, requests, reported } = world();
    for (let count = 0; count < 8; count += 1) next((events) => events);
    expect(await publish([archivedChange('a', '1'), archivedChange('b', '2')])).toMatchObject({
      sequence: '1',
    });
    expect(requests).toHaveLength(8);
    expect(reported).toMatchObject([{ type: 'events.failed', error: { code: 'event-bus-unavailable' } }]);
  });

  it('publishes nothing that is behind a write whose events it could not publish', async () => {
    const changes = Array.from({ length: 12 }, (_, index) => archivedChange(`s${index}`, String(index + 1)));
    const { publish, next, requests } = world();
    next(() => {
      throw new Error('no answer');
    });
    expect(await publish(changes)).toMatchObject({ sequence: '1' });
    expect(requests).toHaveLength(1);
  });

  it('has what comes behind the last request come again when its time is up', async () => {
    const changes = Array.from({ length: 12 }, (_, index) => archivedChange(`s${index}`, String(index + 1)));
    const { publish, next, taken, reported } = world();
    const time = new AbortController();
    next(() => {
      time.abort(new Error('out of time'));
      return [];
    });
    expect(await publish(changes, time.signal)).toMatchObject({ sequence: '11' });
    expect(taken).toHaveLength(10);
    expect(reported.at(-1)).toMatchObject({ type: 'events.failed', error: { message: 'out of time' } });
  });
});

describe('a write that cannot be understood', () => {
  it('in a form of a newer version comes again while a deployment may be under way, and what is before it is told', async () => {
    const { publish, taken, reported } = world();
    const failed = await publish([archivedChange('a', '1'), tooNew('2'), archivedChange('b', '3')]);
    expect(failed).toMatchObject({ sequence: '2' });
    expect(taken).toHaveLength(1);
    expect(reported).toContainEqual({
      type: 'events.failed',
      error: expect.objectContaining({ code: 'item-too-new' }),
    });
  });

  it('is left out a quarter of an hour later, so that what is behind it is told', async () => {
    const { publish, taken, reported, clock } = world();
    await clock.advance(15 * 60_000);
    expect(await publish([tooNew('2'), archivedChange('b', '3')])).toBeUndefined();
    expect(taken).toHaveLength(1);
    expect(reported).toContainEqual({
      type: 'events.skipped',
      tenant: 'acme',
      session: 'chat',
      error: expect.objectContaining({ code: 'item-too-new' }),
    });
  });

  it('because it is damaged is left out at once', async () => {
    const { publish, taken, reported } = world();
    const change = archivedChange('chat', '1');
    const damaged = { ...change, after: { ...change.after, state: 'lost' } };
    expect(await publish([damaged, archivedChange('b', '2')])).toBeUndefined();
    expect(taken).toHaveLength(1);
    expect(reported).toContainEqual(
      expect.objectContaining({
        type: 'events.skipped',
        error: expect.objectContaining({ code: 'item-unreadable' }),
      }),
    );
  });

  it('because its event is larger than the bus takes is left out at once', async () => {
    const { publish, taken, reported } = world({ maxBytes: 700 });
    const large = memoryChange(undefined, memoryOf({ text: 'tea '.repeat(200) }), { sequence: '1' });
    expect(await publish([large, archivedChange('b', '2')])).toBeUndefined();
    expect(taken.map(({ type }) => type)).toEqual(['commit.archived']);
    expect(reported).toContainEqual({
      type: 'events.skipped',
      error: expect.objectContaining({ code: 'event-too-large' }),
    });
  });
});
