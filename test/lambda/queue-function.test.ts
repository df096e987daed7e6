import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { queueFunction } from '../../lib/lambda/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import type { Delivery } from '../../lib/queue/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { type CapturedOutput, capturedOutput } from '../telemetry/captured-output.ts';
import { testTelemetry } from '../telemetry/test-telemetry.ts';
import { sqsEvent } from './sqs-event.ts';

const run = { awsRequestId: 'run-1', getRemainingTimeInMillis: () => 100_000 } as Context;
const telemetry = testTelemetry();

let output: CapturedOutput;
beforeEach(() => {
  output = capturedOutput();
});
afterEach(() => {
  output[Symbol.dispose]();
});

const delivery = (messageId: string, receiveCount = 1): Delivery => ({
  messageId,
  receiptHandle: `handle of ${messageId}`,
  group: 'acme#chat',
  body: '{}',
  receiveCount,
});

function functionThat(handle: Parameters<typeof queueFunction>[0]['handle'], limits = defaultLimits) {
  const clock = fakeClock();
  const done: string[] = [];
  const handler = queueFunction({
    name: 'commit',
    telemetry,
    onEvent: telemetry.onEvent,
    clock,
    random: () => 0.5,
    control: {
      setVisibility: async ({ messageId }, ms) => void done.push(`${messageId} visible in ${ms}`),
      deadLetter: async ({ messageId }, { code }) => void done.push(`${messageId} dead: ${code}`),
    },
    maxReceiveCount: 5,
    limits: async () => limits,
    handle,
  });
  return { clock, done, invoke: (...all: Delivery[]) => handler(sqsEvent(all), run) };
}

it('a function of a queue hands each delivery over with the limits and with what bounds it', async () => {
  const handled: unknown[] = [];
  const { clock, invoke } = functionThat(async (...given) => void handled.push(given));
  const startMs = clock.now();
  expect(await invoke(delivery('m'))).toEqual({ batchItemFailures: [] });
  const bounds = { maxReceiveCount: 5, endsByMs: startMs + 100_000, signal: expect.any(AbortSignal) };
  expect(handled).toEqual([
    [expect.objectContaining(delivery('m')), defaultLimits, expect.objectContaining(bounds)],
  ]);
});

it('a function of a queue has what failed, and what was behind it, delivered again', async () => {
  const { invoke } = functionThat(async ({ messageId }) => {
    if (messageId === 'b') throw new Error('as asked');
  });
  expect(await invoke(delivery('a'), delivery('b'), delivery('c'))).toEqual({
    batchItemFailures: [{ itemIdentifier: 'b' }, { itemIdentifier: 'c' }],
  });
});

it('a function of a queue gives the last delivery to the dead-letter queue', async () => {
  const { done, invoke } = functionThat(() => Promise.reject(new Error('as asked')));
  expect(await invoke(delivery('m', 5))).toEqual({ batchItemFailures: [] });
  expect(done.at(-1)).toBe('m dead: unexpected');
});

it('deliveries of a function that died come again after the TTL of a lease', async () => {
  const lease = { ...defaultLimits.lease, ttlMs: 12_000 };
  const { done, invoke } = functionThat(async () => undefined, { ...defaultLimits, lease });
  await invoke(delivery('m'));
  expect(done).toEqual(['m visible in 12000']);
});
