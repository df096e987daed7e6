import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { expect, it } from 'vitest';
import { type CommitlaneEvent, eventbridgeBus, eventsOf } from '../../lib/events/index.ts';
import { type Answer, type Entry, putEventsServer, taken } from './put-events-server.ts';
import { commitChange, commitOf, turned } from './stream-changes.ts';

/** A server that answers PutEvents, and the bus that is there. */
async function busOn(answer: (entries: readonly Entry[]) => Answer) {
  const server = await putEventsServer(answer);
  const client = new EventBridgeClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  return {
    bus: eventbridgeBus({ client, busName: 'commitlane-test' }),
    requests: server.requests,
    async [Symbol.asyncDispose]() {
      client.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}

function eventsOfSessions(...sessions: string[]): CommitlaneEvent[] {
  return sessions.flatMap((session) => {
    const now = turned(commitOf(), 'archived', { archive: 1 });
    return eventsOf(commitChange(commitOf(), now, { key: { tenant: 'acme', session } }));
  });
}

it('an event is an entry of the bus, with its type as detail type and all of it as detail', async () => {
  await using world = await busOn(taken);
  const events = eventsOfSessions('chat');
  expect(await world.bus.put(events)).toEqual([]);
  expect(world.requests).toEqual([
    {
      target: 'AWSEvents.PutEvents',
      entries: [
        {
          EventBusName: 'commitlane-test',
          Source: 'commitlane',
          DetailType: 'commit.archived',
          Detail: JSON.stringify(events[0]),
          Time: Date.parse(events[0]?.at ?? '') / 1000,
        },
      ],
    },
  ]);
});

it('what the bus did not take of a request is returned', async () => {
  await using world = await busOn((entries) => [
    200,
    {
      FailedEntryCount: 1,
      Entries: entries.map((_, index) =>
        index === 1
          ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' }
          : { EventId: `e-${index}` },
      ),
    },
  ]);
  const events = eventsOfSessions('a', 'b', 'c');
  expect(await world.bus.put(events)).toEqual([events[1]]);
});

it('what an answer does not speak of was not taken', async () => {
  await using world = await busOn(() => [200, {}]);
  const events = eventsOfSessions('a');
  expect(await world.bus.put(events)).toEqual(events);
});

it('a bus that refuses is an error that says for how long', async () => {
  await using world = await busOn(() => [400, { __type: 'AccessDeniedException', message: 'no' }]);
  await expect(world.bus.put(eventsOfSessions('a'))).rejects.toMatchObject({
    code: 'event-bus-unavailable',
    retry: { retryable: true, afterMs: 30_000 },
  });
});

it('counts bytes as EventBridge does: of time, source, detail type and detail', async () => {
  await using world = await busOn(taken);
  const [event] = eventsOfSessions('chat');
  if (!event) throw new Error('there is no event');
  const long = { ...event, detail: 'ä'.repeat(100) };
  expect(world.bus.sizeOf(long) - world.bus.sizeOf(event)).toBe(',"detail":""'.length + 200);
  expect(world.bus.sizeOf(event)).toBe(14 + 10 + 15 + Buffer.byteLength(JSON.stringify(event)));
});
