import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
  SQSBatchResponse,
} from 'aws-lambda';
import { handleRequest } from '../../lib/api/index.ts';
import { handleCommit } from '../../lib/commit/index.ts';
import { type FollowUpContext, handleFollowUp } from '../../lib/follow-up/index.ts';
import {
  observed,
  problemResponses,
  queueFunction,
  readHttpEvent,
  reportedAnswers,
  requestUnit,
  toApiRequest,
  toHttpResponse,
} from '../../lib/lambda/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { builtInCategories } from '../../lib/memory/index.ts';
import { offlineModel } from '../../lib/model/index.ts';
import type { CommitMessage, Delivery, FollowUpMessage, Sender } from '../../lib/queue/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { sqsEvent } from '../lambda/sqs-event.ts';
import { commitWorld, key } from '../support/commit-world.ts';
import { testTelemetry } from './test-telemetry.ts';

const MAX_RECEIVE_COUNT = 5;
const signal = new AbortController().signal;

/** A queue of one group: what is received is gone. */
function memoryQueue<Body>() {
  const bodies: string[] = [];
  const sender: Sender<Body> = {
    async send({ body }) {
      bodies.push(JSON.stringify(body));
    },
  };
  const receive = (more: Partial<Delivery> = {}): Delivery[] =>
    bodies.splice(0).map((body, index) => ({
      messageId: `message-${index}`,
      receiptHandle: 'handle',
      group: 'acme#chat',
      body,
      receiveCount: 1,
      ...more,
    }));
  return { bodies, sender, receive };
}

const invokedAs = (awsRequestId: string) =>
  ({ awsRequestId, getRemainingTimeInMillis: () => 30_000 }) as Context;

/** Invokes a function with deliveries; which of them come again. */
async function failuresOf(
  handler: ReturnType<typeof queueFunction>,
  deliveries: readonly Delivery[],
  requestId: string,
): Promise<SQSBatchResponse['batchItemFailures']> {
  const { batchItemFailures } = await handler(sqsEvent(deliveries), invokedAs(requestId));
  return batchItemFailures;
}

/**
 * The three functions, wired as they are deployed, on queues and stores in this process; with the offline model unless
 * told otherwise.
 */
export async function pipelineWorld({
  model = offlineModel(),
  ...more
}: Partial<Pick<FollowUpContext, 'model' | 'redact'>> = {}) {
  const world = await commitWorld();
  await world.store.updateSettings(key, { memoryCategories: builtInCategories });
  const commits = memoryQueue<CommitMessage>();
  const followUps = memoryQueue<FollowUpMessage>();
  const memories = inProcessMemoryStore(world.store.sessions);
  const telemetries = {
    api: testTelemetry('api'),
    commit: testTelemetry('commit'),
    'follow-up': testTelemetry('follow-up'),
  };
  const control = { setVisibility: async () => undefined, deadLetter: async () => undefined };

  function workerOf(name: keyof typeof telemetries) {
    const telemetry = telemetries[name];
    const { onEvent, trace } = telemetry;
    const { store, clock, context } = world;
    return {
      name,
      telemetry,
      onEvent,
      trace,
      store,
      memories,
      clock,
      owner: name,
      newId: context.lease.newId,
      random: () => 0.5,
      lease: { ...context.lease, onEvent },
      limits: defaultLimits,
      control,
      maxReceiveCount: MAX_RECEIVE_COUNT,
    };
  }

  const api = workerOf('api');
  const serve = async (event: APIGatewayProxyEventV2) => {
    const { telemetry } = api;
    const apiRequest = toApiRequest(readHttpEvent(event), signal);
    telemetry.note({ tenant: apiRequest.identity.tenant });
    const context = {
      ...api,
      commits: telemetry.traced(commits.sender),
      followUps: telemetry.traced(followUps.sender),
    };
    return toHttpResponse(await handleRequest(context, event.routeKey, apiRequest));
  };
  const request = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(
    observed({ telemetry: api.telemetry, unitOf: requestUnit }),
  )
    .use(reportedAnswers(api))
    .use(problemResponses(api))
    .handler(serve);
  const commit = workerOf('commit');
  const commitBatch = queueFunction({
    ...commit,
    limits: async () => defaultLimits,
    handle: (delivery, limits, bounds) =>
      handleCommit(
        { ...commit, limits, followUps: commit.telemetry.traced(followUps.sender) },
        delivery,
        bounds,
      ),
  });
  const followUp = workerOf('follow-up');
  const followUpBatch = queueFunction({
    ...followUp,
    limits: async () => defaultLimits,
    handle: (delivery, limits, bounds) =>
      handleFollowUp({ ...followUp, ...more, limits, model, fallback: model }, delivery, bounds),
  });

  return {
    ...world,
    commits,
    followUps,
    memories: () => memories.listMemories({ tenant: key.tenant, scope: 'ann' }, { limit: 100 }),
    requestCommit: (headers: Record<string, string> = {}) =>
      request(
        {
          routeKey: 'POST /sessions/{sessionId}/commits',
          pathParameters: { sessionId: key.session },
          headers,
          isBase64Encoded: false,
          body: '{}',
          requestContext: { authorizer: { jwt: { claims: { tenant: key.tenant, sub: 'ann' } } } },
        } as unknown as APIGatewayProxyEventV2,
        invokedAs('api-run'),
      ),
    commitBatch: (deliveries: readonly Delivery[]) => failuresOf(commitBatch, deliveries, 'commit-run'),
    followUpBatch: (deliveries: readonly Delivery[]) =>
      failuresOf(followUpBatch, deliveries, 'follow-up-run'),
  };
}
