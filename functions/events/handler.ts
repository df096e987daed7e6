import middy from '@middy/core';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { eventbridgeBus, publishChanges, type StreamChange } from '../../lib/events/index.ts';
import {
  eventbridgeClient,
  makeRuntime,
  observed,
  readEnvironment,
  streamBatch,
  type TimedContext,
  timeLeft,
} from '../../lib/lambda/index.ts';
import { eventsEnvironment } from './environment.ts';

const environment = readEnvironment(eventsEnvironment, process.env);
const runtime = makeRuntime('events', environment);
const { telemetry } = runtime;
const parts = {
  ...runtime,
  bus: eventbridgeBus({ client: eventbridgeClient(environment), busName: environment.EVENT_BUS_NAME }),
};

/** A run has a trace of its own: its writes come from the traces of many sessions. */
const unitOf = () => ({ ids: {}, span: { name: 'events', kind: 'message' } }) as const;

const publishing = middy<readonly StreamChange[], StreamChange | undefined>(observed({ telemetry, unitOf }))
  .use(timeLeft(runtime))
  .use(streamBatch())
  .handler((changes: readonly StreamChange[], { time }: TimedContext) =>
    publishChanges(parts, changes, time.signal),
  );

/** Tells on the bus what becomes of commits and memories, as the table's stream has it. */
// middy has no types for a middleware that changes the event and the response.
export const handler = publishing as unknown as (
  event: DynamoDBStreamEvent,
  context: Context,
) => Promise<DynamoDBBatchResponse>;
