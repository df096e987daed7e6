import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { z } from 'zod';
import { handleFollowUp } from '../../lib/follow-up/index.ts';
import {
  consumeObserved,
  fifoBatch,
  makeWorker,
  modelEnvironment,
  modelFromEnvironment,
  observedHandler,
  readEnvironment,
  timeLeft,
  workerEnvironment,
} from '../../lib/lambda/index.ts';
import { offlineModel } from '../../lib/model/index.ts';
import { type Delivery, sqsDeliveryControl } from '../../lib/queue/index.ts';

const environment = readEnvironment(
  z.object({
    ...workerEnvironment,
    ...modelEnvironment,
    FOLLOW_UP_QUEUE_URL: z.url(),
    FOLLOW_UP_DLQ_URL: z.url(),
  }),
  process.env,
);
const worker = makeWorker(environment, 'follow-up');
const control = sqsDeliveryControl({
  client: worker.sqs,
  queueUrl: environment.FOLLOW_UP_QUEUE_URL,
  deadLetterQueueUrl: environment.FOLLOW_UP_DLQ_URL,
});
const model = modelFromEnvironment(environment, worker);
const fallback = offlineModel();
const maxReceiveCount = environment.MAX_RECEIVE_COUNT;

async function followUpBatch(
  deliveries: readonly Delivery[],
  context: Context,
): Promise<readonly Delivery[]> {
  using time = timeLeft(worker.clock, context);
  const limits = await worker.limits();
  const consumer = { ...worker, control, maxReceiveCount, redeliveryMs: limits.lease.ttlMs };
  return consumeObserved(consumer, 'follow-up', deliveries, (delivery) =>
    handleFollowUp({ ...worker, model, fallback, limits }, delivery, { maxReceiveCount, ...time }),
  );
}

/** Summarises archives and extracts their memories, as the follow-up queue asks for them. */
export const handler = observedHandler(
  worker,
  middy<readonly Delivery[], readonly Delivery[]>({ timeoutEarlyInMillis: 0 })
    .use(fifoBatch())
    .handler(followUpBatch),
);
