import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { localAws } from '../../local/aws/index.ts';
import { FOLLOW_EVENTS } from '../../local/bus-events/index.ts';
import { startEventBusEmulator } from '../../local/emulators/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { linesOf } from './lines-of.ts';

const NOW_MS = Date.UTC(2026, 2, 4, 5, 6, 7, 89);
const entry = (more: Partial<PutEventsRequestEntry> = {}): PutEventsRequestEntry => ({
  EventBusName: 'events',
  Source: 'commitlane',
  DetailType: 'commit.archived',
  Detail: '{"id":"a"}',
  ...more,
});

async function world() {
  const clock = fakeClock({ startMs: NOW_MS });
  const emulator = await startEventBusEmulator({ clock });
  const client = new EventBridgeClient({ ...localAws, endpoint: emulator.endpoint, maxAttempts: 1 });
  const create = (Name: string) => client.send(new CreateEventBusCommand({ Name }));
  await create('events');
  return {
    clock,
    emulator,
    create,
    put: (...Entries: PutEventsRequestEntry[]) => client.send(new PutEventsCommand({ Entries })),
    /** As a program follows them. */
    follow: (body: object = {}, signal?: AbortSignal) =>
      fetch(emulator.endpoint, {
        method: 'POST',
        headers: { 'x-amz-target': FOLLOW_EVENTS },
        body: JSON.stringify(body),
        ...(signal && { signal }),
      }),
    async [Symbol.asyncDispose]() {
      client.destroy();
      await emulator[Symbol.asyncDispose]();
    },
  };
}

describe('the local EventBridge', () => {
  it('takes events, and gives them to whoever follows, as EventBridge does to a target', async () => {
    await using w = await world();
    const stop = new AbortController();
    const events = w.emulator.feed.follow('now', stop.signal);
    const Time = new Date('2026-01-02T03:04:05Z');
    const { FailedEntryCount, Entries = [] } = await w.put(
      entry({ Time, Resources: ['arn:x'] }),
      entry({ Detail: '{"id":"b"}', EventBusName: 'arn:aws:events:us-east-1:000000000000:event-bus/events' }),
    );
    expect(FailedEntryCount).toBe(0);
    expect((await events?.next())?.value).toEqual({
      version: '0',
      id: Entries[0]?.EventId,
      'detail-type': 'commit.archived',
      source: 'commitlane',
      account: '000000000000',
      time: '2026-01-02T03:04:05Z',
      region: 'us-east-1',
      resources: ['arn:x'],
      detail: { id: 'a' },
    });
    expect((await events?.next())?.value).toMatchObject({
      id: Entries[1]?.EventId,
      time: '2026-03-04T05:06:07Z',
      detail: { id: 'b' },
    });
  });

  it.each([
    ['without a source', { Source: '' }, 'InvalidArgument', /Source is a required argument/],
    ['without a type', { DetailType: undefined }, 'InvalidArgument', /DetailType is a required/],
    ['without a detail', { Detail: undefined }, 'InvalidArgument', /Detail is a required/],
    ['whose detail is no JSON', { Detail: '{' }, 'MalformedDetail', /malformed/],
    ['whose detail is no object', { Detail: '[1]' }, 'MalformedDetail', /malformed/],
    ['that claims to be of AWS', { Source: 'aws.s3' }, 'NotAuthorizedForSourceException', /source/],
    ['for a bus that is not there', { EventBusName: 'other' }, 'ResourceNotFoundException', /other/],
  ])('refuses an entry %s, and takes those beside it', async (_what, wrong, code, words) => {
    await using w = await world();
    const { FailedEntryCount, Entries } = await w.put(entry(), entry(wrong), entry());
    expect(FailedEntryCount).toBe(1);
    expect(Entries).toEqual([
      { EventId: expect.any(String) },
      { ErrorCode: code, ErrorMessage: expect.stringMatching(words) },
      { EventId: expect.any(String) },
    ]);
  });

  it('refuses a request of more than 10 entries, of none, and of more than 1 MiB', async () => {
    await using w = await world();
    await expect(w.put(...Array.from({ length: 11 }, () => entry()))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(w.put()).rejects.toMatchObject({ name: 'ValidationException' });
    const half = JSON.stringify({ id: 'x'.repeat(512 * 1024) });
    await expect(w.put(entry({ Detail: half }), entry({ Detail: half }))).rejects.toThrow(/over the limit/);
    expect((await w.put(entry({ Detail: half }))).FailedEntryCount).toBe(0);
  });

  it('makes a bus once', async () => {
    await using w = await world();
    await w.create('another');
    await expect(w.create('another')).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    expect((await w.put(entry({ EventBusName: 'another' }))).FailedEntryCount).toBe(0);
  });

  it('streams what it keeps and what comes, a line each, to programs of this machine', async () => {
    await using w = await world();
    await w.put(entry({ Detail: '{"id":"a"}' }), entry({ Detail: '{"id":"b"}' }));
    const stop = new AbortController();
    const lines = linesOf(await w.follow({ from: { after: 'a' } }, stop.signal));
    expect(JSON.parse(await lines.next())).toMatchObject({ detail: { id: 'b' } });
    await w.put(entry({ Detail: '{"id":"c"}' }));
    expect(JSON.parse(await lines.next())).toMatchObject({ detail: { id: 'c' } });
    await w.clock.advance(15_000);
    expect(await lines.next()).toBe('');
    stop.abort();
    await expect.poll(() => w.clock.sleepers).toBe(0);
  });

  it('ends its streams when it ends', async () => {
    const w = await world();
    const lines = linesOf(await w.follow({ from: 'start' }));
    await w[Symbol.asyncDispose]();
    await expect(lines.next()).rejects.toThrow();
  });

  it('refuses to follow from a place that it does not know, and what is no JSON', async () => {
    await using w = await world();
    expect(await (await w.follow({ from: 'yesterday' })).json()).toMatchObject({
      __type: 'ValidationException',
    });
    const response = await fetch(w.emulator.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'AWSEvents.PutEvents' },
      body: '{',
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { __type: 'SerializationException' },
    ]);
  });
});
