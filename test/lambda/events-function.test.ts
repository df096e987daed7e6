import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Answer, type Entry, putEventsServer, taken } from '../events/put-events-server.ts';
import { archivedChange } from '../events/stream-changes.ts';
import { type CapturedOutput, capturedOutput } from '../telemetry/captured-output.ts';
import { streamEvent } from './stream-event.ts';

const run = { awsRequestId: 'run-1', getRemainingTimeInMillis: () => 60_000 } as Context;

let output: CapturedOutput;
beforeEach(() => {
  output = capturedOutput();
});
afterEach(() => {
  output[Symbol.dispose]();
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** The function as it is deployed, with the bus at a server of this machine. */
async function functionOn(answer: (entries: readonly Entry[]) => Answer) {
  const server = await putEventsServer(answer);
  const environment = {
    STAGE: 'test',
    EVENT_BUS_NAME: 'commitlane-test',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_EVENTBRIDGE: server.url,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { handler } = await import('../../functions/events/handler.ts');
  return { handler, requests: server.requests, [Symbol.asyncDispose]: server[Symbol.asyncDispose] };
}

const changes = [archivedChange('a', '111'), archivedChange('b', '222')];

it('the events function puts what the stream tells on its bus', async () => {
  await using world = await functionOn(taken);
  expect(await world.handler(streamEvent(changes), run)).toEqual({ batchItemFailures: [] });
  expect(world.requests.flatMap(({ entries }) => entries)).toMatchObject([
    { EventBusName: 'commitlane-test', DetailType: 'commit.archived' },
    { EventBusName: 'commitlane-test', DetailType: 'commit.archived' },
  ]);
});

it('the events function has the stream give again what the bus refuses, from its first record on', async () => {
  await using world = await functionOn(() => [400, { __type: 'AccessDeniedException', message: 'no' }]);
  expect(await world.handler(streamEvent(changes), run)).toEqual({
    batchItemFailures: [{ itemIdentifier: '111' }],
  });
  expect(output.text()).toContain('event-bus-unavailable');
});
