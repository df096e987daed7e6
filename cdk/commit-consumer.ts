import type { Construct } from 'constructs';
import { bundledFunction } from './bundled-function.ts';
import type { Foundation } from './foundation.ts';
import { QueueConsumer, type QueueUrls } from './queue-consumer.ts';

/** The commit queue and the commit function, which hands archives over to the follow-ups. */
export function commitConsumer(
  scope: Construct,
  foundation: Foundation,
  followUps: QueueConsumer,
): QueueConsumer {
  const { settings, timeouts } = foundation;
  return new QueueConsumer(scope, 'Commits', {
    visibilityMs: timeouts.commitVisibilityMs,
    maxReceiveCount: timeouts.maxReceiveCount,
    maxConcurrency: settings.maxConcurrency,
    handler: (urls) => commitFunction(scope, foundation, urls, followUps),
  });
}

function commitFunction(
  scope: Construct,
  { settings, timeouts, table, limits, leases }: Foundation,
  { queueUrl, deadLetterQueueUrl }: QueueUrls,
  followUps: QueueConsumer,
) {
  const handler = bundledFunction(scope, 'CommitFunction', {
    folder: 'commit',
    description: 'Moves live messages into archives',
    timeoutMs: timeouts.commitTimeoutMs,
    memoryMb: 512,
    tracingLayer: settings.tracingLayer,
    environment: {
      STAGE: settings.stage,
      ...table.environment,
      ...limits.environment,
      ...leases.environment,
      COMMIT_QUEUE_URL: queueUrl,
      COMMIT_DLQ_URL: deadLetterQueueUrl,
      FOLLOW_UP_QUEUE_URL: followUps.urls.queueUrl,
    },
  });
  table.grantItems(handler);
  limits.grantRead(handler);
  leases.grantLeases(handler);
  followUps.queue.grantSendMessages(handler);
  return handler;
}
