import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { bundledFunction } from './bundled-function.ts';
import type { Foundation } from './foundation.ts';
import type { QueueConsumer } from './queue-consumer.ts';

/** Shorter than what the gateway waits for an answer: 30 s. */
const TIMEOUT_MS = 29_000;

/** The function behind the HTTP API, which asks for commits, and for archives to be extracted once more. */
export function apiFunction(
  scope: Construct,
  { settings, table, limits, leases, embedding, extraction }: Foundation,
  { commits, followUps }: { readonly commits: QueueConsumer; readonly followUps: QueueConsumer },
): LambdaFunction {
  const handler = bundledFunction(scope, 'ApiFunction', {
    folder: 'api',
    description: 'Serves the HTTP API',
    timeoutMs: TIMEOUT_MS,
    memoryMb: 512,
    tracingLayer: settings.tracingLayer,
    files: extraction.files,
    // Without an embedding model it would only make the function start later.
    hasModels: embedding.isOn,
    environment: {
      STAGE: settings.stage,
      ...table.environment,
      ...limits.environment,
      // A deletion takes the session's lease.
      ...leases.environment,
      ...embedding.environment,
      ...extraction.environment,
      REDACT: settings.redact,
      COMMIT_QUEUE_URL: commits.urls.queueUrl,
      FOLLOW_UP_QUEUE_URL: followUps.urls.queueUrl,
    },
  });
  table.grantItems(handler);
  table.grantChecks(handler);
  table.grantLists(handler);
  table.grantVectorSearch(handler);
  embedding.grantEmbedding(handler);
  limits.grantRead(handler);
  leases.grantLeases(handler);
  commits.queue.grantSendMessages(handler);
  followUps.queue.grantSendMessages(handler);
  return handler;
}
