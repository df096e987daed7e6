import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { z } from 'zod';
import { handleRequest } from '../../lib/api/index.ts';
import type { CommitMessage } from '../../lib/commit/index.ts';
import {
  makeWorker,
  observedApi,
  problemResponses,
  readEnvironment,
  readHttpEvent,
  timeLeft,
  toApiRequest,
  toHttpResponse,
  workerEnvironment,
} from '../../lib/lambda/index.ts';
import { sqsSender } from '../../lib/queue/index.ts';

const environment = readEnvironment(
  z.object({ ...workerEnvironment, COMMIT_QUEUE_URL: z.url() }),
  process.env,
);
const worker = makeWorker(environment, 'api');
const commits = worker.telemetry.traced(
  sqsSender<CommitMessage>({ client: worker.sqs, queueUrl: environment.COMMIT_QUEUE_URL }),
);

/** Enough to answer; a request that is cut off is safe to repeat. */
const MARGIN_MS = 3_000;

async function serve(
  gatewayEvent: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  using time = timeLeft(worker.clock, context, MARGIN_MS);
  const event = readHttpEvent(gatewayEvent);
  const request = toApiRequest(event, time.signal);
  worker.telemetry.note({ tenant: request.identity.tenant });
  const limits = await worker.limits();
  return toHttpResponse(await handleRequest({ ...worker, commits, limits }, event.routeKey, request));
}

/** Serves the HTTP API. */
export const handler = observedApi(
  worker,
  middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>({ timeoutEarlyInMillis: 0 })
    .use(problemResponses(worker))
    .handler(serve),
);
