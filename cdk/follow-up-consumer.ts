import type { Construct } from 'constructs';
import { bundledFunction } from './bundled-function.ts';
import type { Foundation } from './foundation.ts';
import { QueueConsumer, type QueueUrls } from './queue-consumer.ts';
import { useModel } from './use-model.ts';

/** The follow-up queue and the follow-up function, which alone may call the language model. */
export function followUpConsumer(scope: Construct, foundation: Foundation): QueueConsumer {
  const { settings, timeouts } = foundation;
  return new QueueConsumer(scope, 'FollowUps', {
    visibilityMs: timeouts.followUpVisibilityMs,
    maxReceiveCount: timeouts.maxReceiveCount,
    maxConcurrency: settings.maxConcurrency,
    handler: (urls) => followUpFunction(scope, foundation, urls),
  });
}

function followUpFunction(
  scope: Construct,
  { settings, timeouts, table, limits, leases, embedding, extraction }: Foundation,
  { queueUrl, deadLetterQueueUrl }: QueueUrls,
) {
  const model = useModel(settings.model);
  const handler = bundledFunction(scope, 'FollowUpFunction', {
    folder: 'follow-up',
    description: 'Summarises archives and extracts memories',
    timeoutMs: timeouts.followUpTimeoutMs,
    memoryMb: 1024,
    tracingLayer: settings.tracingLayer,
    files: extraction.files,
    environment: {
      STAGE: settings.stage,
      ...table.environment,
      ...limits.environment,
      ...leases.environment,
      ...model.environment,
      ...embedding.environment,
      ...extraction.environment,
      REDACT: settings.redact,
      FOLLOW_UP_QUEUE_URL: queueUrl,
      FOLLOW_UP_DLQ_URL: deadLetterQueueUrl,
    },
  });
  table.grantItems(handler);
  table.grantChecks(handler);
  limits.grantRead(handler);
  leases.grantLeases(handler);
  model.grantModel(handler);
  embedding.grantEmbedding(handler);
  return handler;
}
