import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { z } from 'zod';
import { handleCommit } from '../../lib/commit/index.ts';
import type { FollowUpMessage } from '../../lib/follow-up/index.ts';
import {
  consumeObserved,
  fifoBatch,
  makeWorker,
  observedHandler,
  readEnvironment,
  timeLeft,
  workerEnvironment,
} from '../../lib/lambda/index.ts';
import { type Delivery, sqsDeliveryControl, sqsSender } from '../../lib/queue/index.ts';

const environment = readEnvironment(
  z.object({
    ...workerEnvironment,
    COMMIT_QUEUE_URL: z.url(),
    COMMIT_DLQ_URL: z.url(),
    FOLLOW_UP_QUEUE_URL: z.url(),
  }),
  process.env,
);
const worker = makeWorker(environment, 'commit');
const control = sqsDeliveryControl({
  client: worker.sqs,
  queueUrl: environment.COMMIT_QUEUE_URL,
  deadLetterQueueUrl: environment.COMMIT_DLQ_URL,
});
const followUps = worker.telemetry.traced(
  sqsSender<FollowUpMessage>({ client: worker.sqs, queueUrl: environment.FOLLOW_UP_QUEUE_URL }),
);
const maxReceiveCount = environment.MAX_RECEIVE_COUNT;

async function commitBatch(deliveries: readonly Delivery[], context: Context): Promise<readonly Delivery[]> {
  using time = timeLeft(worker.clock, context);
  const limits = await worker.limits();
  const consumer = { ...worker, control, maxReceiveCount, redeliveryMs: limits.lease.ttlMs };
  return consumeObserved(consumer, 'commit', deliveries, (delivery) =>
    handleCommit({ ...worker, followUps, limits }, delivery, { maxReceiveCount, ...time }),
  );
}

/** Commits sessions, as the commit queue asks for them. */
export const handler = observedHandler(
  worker,
  middy<readonly Delivery[], readonly Delivery[]>({ timeoutEarlyInMillis: 0 })
    .use(fifoBatch())
    .handler(commitBatch),
);
