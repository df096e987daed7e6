import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Limits } from '../limits/index.ts';
import type { AttemptBounds, ConsumeContext, Delivery } from '../queue/index.ts';
import { fifoBatch } from './fifo-batch.ts';
import { observed } from './observed.ts';
import { consumeObserved } from './observed-batch.ts';
import type { Runtime } from './runtime.ts';
import { type TimedContext, timeLeft } from './time-left.ts';

export interface QueueFunctionOptions
  extends Pick<Runtime, 'name' | 'telemetry' | 'clock' | 'random' | 'onEvent'>,
    Pick<ConsumeContext, 'control' | 'maxReceiveCount'> {
  /** The limits in effect, for each batch anew. */
  readonly limits: () => Promise<Limits>;
  /** Handles one delivery; what it throws decides whether, and when, it comes again. */
  readonly handle: (delivery: Delivery, limits: Limits, bounds: AttemptBounds) => Promise<void>;
}

type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/**
 * The handler of a function that is fed by a FIFO queue: each delivery is a unit of work, in a span of the function's
 * name. If the function dies, its deliveries come again after the TTL of a lease.
 */
export function queueFunction({
  name,
  limits: currentLimits,
  handle,
  ...options
}: QueueFunctionOptions): QueueHandler {
  const { maxReceiveCount } = options;

  async function consume(deliveries: readonly Delivery[], { time }: TimedContext) {
    const limits = await currentLimits();
    return consumeObserved({ ...options, redeliveryMs: limits.lease.ttlMs }, name, deliveries, (delivery) =>
      handle(delivery, limits, { maxReceiveCount, ...time }),
    );
  }

  const handler = middy<readonly Delivery[], readonly Delivery[]>(observed(options))
    .use(timeLeft(options))
    .use(fifoBatch())
    .handler(consume);
  // middy has no types for a middleware that changes the event and the response.
  return handler as unknown as QueueHandler;
}
