import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { handleRequest, openApiAnswers, operationOf } from '../../lib/api/index.ts';

import {
  embeddingFromEnvironment,
  extractionFromEnvironment,
  leaseFromEnvironment,
  limitsFromEnvironment,
  makeRuntime,
  observed,
  problemResponses,
  readEnvironment,
  readHttpEvent,
  reportedAnswers,
  requestUnit,
  sqsClient,
  ssmClient,
  type TimedContext,
  tableFromEnvironment,
  timeLeft,
  toApiRequest,
  toHttpResponse,
} from '../../lib/lambda/index.ts';
import { type CommitMessage, type FollowUpMessage, sqsSender } from '../../lib/queue/index.ts';
import { dynamodbMemoryStore, dynamodbSessionStore } from '../../lib/store/index.ts';
import manifest from '../../package.json' with { type: 'json' };
import { apiEnvironment } from './environment.ts';

const environment = readEnvironment(apiEnvironment, process.env);
const runtime = makeRuntime('api', environment);
const { telemetry, clock } = runtime;
const table = tableFromEnvironment(environment);
const ssm = ssmClient(environment);
const currentLimits = limitsFromEnvironment(environment, { ...runtime, ssm, variables: process.env });
const sqs = sqsClient(environment);
const embedding = embeddingFromEnvironment(environment, { ...runtime, ssm, table });
const parts = {
  ...runtime,
  store: dynamodbSessionStore(table),
  memories: dynamodbMemoryStore(table),
  extraction: extractionFromEnvironment(environment),
  ...(embedding && { embedding }),
  redact: environment.REDACT,
  lease: leaseFromEnvironment(environment, { ...runtime, dynamodb: table.client, ssm }),
  commits: telemetry.traced(
    sqsSender<CommitMessage>({ client: sqs, queueUrl: environment.COMMIT_QUEUE_URL }),
  ),
  followUps: telemetry.traced(
    sqsSender<FollowUpMessage>({ client: sqs, queueUrl: environment.FOLLOW_UP_QUEUE_URL }),
  ),
};

/** Of what the API says of itself, to anybody. */
const describeApi = openApiAnswers(manifest.version);

/** Enough to answer; a request that is cut off is safe to repeat. */
const ANSWER_MARGIN_MS = 3_000;

async function serve(
  gatewayEvent: APIGatewayProxyEventV2,
  { time }: TimedContext,
): Promise<APIGatewayProxyStructuredResultV2> {
  const event = readHttpEvent(gatewayEvent);
  if (operationOf(event.routeKey) === 'getOpenApi') return toHttpResponse(describeApi(event));
  const request = toApiRequest(event, time.signal);
  telemetry.note({ tenant: request.identity.tenant });
  const limits = await currentLimits();
  return toHttpResponse(await handleRequest({ ...parts, limits }, event.routeKey, request));
}

/** Serves the HTTP API. */
export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(
  observed({ telemetry, unitOf: requestUnit }),
)
  .use(reportedAnswers(runtime))
  .use(problemResponses(runtime))
  .use(timeLeft({ clock, marginMs: ANSWER_MARGIN_MS }))
  .handler(serve);
