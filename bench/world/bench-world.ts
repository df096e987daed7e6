import {
  DeleteMessageCommand,
  type MessageSystemAttributeName,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type CommitContext, handleCommit } from '../../lib/commit/index.ts';
import { type FollowUpContext, handleFollowUp } from '../../lib/follow-up/index.ts';
import {
  dynamodbLeaseStore,
  type LeaseContext,
  type LeaseStore,
  upstashLeaseStore,
} from '../../lib/lease/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { type Model, offlineModel } from '../../lib/model/index.ts';
import {
  type CommitMessage,
  consumeBatch,
  type Delivery,
  type FollowUpMessage,
  type QueueEvent,
  sqsDeliveryControl,
  sqsSender,
} from '../../lib/queue/index.ts';
import { dynamodbMemoryStore, dynamodbSessionStore, type SessionStore } from '../../lib/store/index.ts';
import { countCalls } from '../counting/count-calls.ts';
import { atBuild, countRequests } from '../counting/count-requests.ts';
import { type Meter, makeMeter } from '../counting/meter.ts';
import { tablePricing } from '../counting/table-pricing.ts';
import type { Usage } from '../counting/usage.ts';
import { repeatableIds } from './repeatable-ids.ts';
import { type StandingClock, standingClock } from './standing-clock.ts';
import { limitsPath, redisToken, type Services, startServices, tableName } from './start-services.ts';

export type LeaseStoreName = 'dynamodb' | 'upstash';

const MAX_RECEIVE_COUNT = 5;
/** Messages are there when they are asked for: nothing waits. */
const RECEIVED_ATTRIBUTES: MessageSystemAttributeName[] = ['MessageGroupId', 'ApproximateReceiveCount'];

/** The real pipeline on emulated services of its own, with a meter at every request. */
export interface BenchWorld extends AsyncDisposable {
  readonly meter: Meter;
  readonly clock: StandingClock;
  readonly newId: () => string;
  readonly store: SessionStore;
  readonly commit: CommitContext;
  readonly followUp: FollowUpContext;
  readonly commits: ReturnType<typeof sqsSender<CommitMessage>>;
  readonly services: Services;
  readonly signal: AbortSignal;
  readonly limitsPath: string;
  /** Runs the commit that waits on its queue, as the function does; returns what the function's part of it took. */
  runCommit(): Promise<Usage>;
  /** Likewise a follow-up. */
  runFollowUp(model?: Model): Promise<Usage>;
}

/** @param signal ends every wait. */
export async function benchWorld(
  signal: AbortSignal,
  leaseStore: LeaseStoreName = 'dynamodb',
): Promise<BenchWorld> {
  signal.throwIfAborted();
  const services = await startServices();
  const meter = makeMeter();
  const clock = standingClock();
  const newId = repeatableIds();
  const uncounted = { dynamodb: services.makeDynamodb(), sqs: services.makeSqs() };
  const dynamodb = services.makeDynamodb();
  dynamodb.middlewareStack.add(countRequests(meter, 'dynamodb', tablePricing(uncounted.dynamodb)), atBuild);
  const sqs = services.makeSqs();
  sqs.middlewareStack.add(countRequests(meter, 'sqs'), atBuild);

  const client = DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } });
  const table = { client, tableName };
  const store = dynamodbSessionStore(table);
  const stores: Record<LeaseStoreName, () => LeaseStore> = {
    dynamodb: () => dynamodbLeaseStore({ ...table, clock }),
    upstash: () => countCalls(upstashLeaseStore(upstashOptions(services, clock)), meter, 'redis'),
  };
  const lease: LeaseContext = {
    leases: stores[leaseStore](),
    clock,
    random: () => 0.5,
    newId,
    onEvent: () => undefined,
  };
  const common = { store, lease, limits: defaultLimits, owner: 'bench/0000abcd', onEvent: () => undefined };
  const { commitQueueUrl, followUpQueueUrl } = services;
  const commit: CommitContext = {
    ...common,
    followUps: sqsSender<FollowUpMessage>({ client: sqs, queueUrl: followUpQueueUrl }),
  };
  const offline = offlineModel();
  const followUp: FollowUpContext = {
    ...common,
    memories: dynamodbMemoryStore(table),
    model: offline,
    fallback: offline,
  };
  const bounds = { maxReceiveCount: MAX_RECEIVE_COUNT, signal };

  /** Only the function's part is counted: receiving and deleting are the event source's. */
  async function runNext(queueUrl: string, handle: (delivery: Delivery) => Promise<void>): Promise<Usage> {
    signal.throwIfAborted();
    const delivery = await receive(uncounted.sqs, queueUrl);
    const failures: unknown[] = [];
    const onEvent = (event: QueueEvent) => {
      if ('error' in event) failures.push(event.error);
    };
    const control = sqsDeliveryControl({ client: sqs, queueUrl, deadLetterQueueUrl: queueUrl });
    const consumer = {
      control,
      clock,
      random: () => 0.5,
      redeliveryMs: defaultLimits.lease.ttlMs,
      maxReceiveCount: MAX_RECEIVE_COUNT,
      onEvent,
    };
    const usage = await meter.during(() => consumeBatch(consumer, [delivery], handle));
    if (failures.length > 0) throw new AggregateError(failures, 'A delivery failed that was to be measured.');
    const { receiptHandle: ReceiptHandle } = delivery;
    await uncounted.sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    return usage;
  }

  return {
    meter,
    clock,
    newId,
    store,
    commit,
    followUp,
    commits: sqsSender<CommitMessage>({ client: sqs, queueUrl: commitQueueUrl }),
    services,
    signal,
    limitsPath,
    runCommit: () => runNext(commitQueueUrl, (delivery) => handleCommit(commit, delivery, bounds)),
    runFollowUp: (model = offline) =>
      runNext(followUpQueueUrl, (delivery) => handleFollowUp({ ...followUp, model }, delivery, bounds)),
    [Symbol.asyncDispose]: () => services[Symbol.asyncDispose](),
  };
}

function upstashOptions({ redisUrl }: Services, clock: StandingClock) {
  return { url: redisUrl, readToken: async () => redisToken, stage: 'bench', clock };
}

async function receive(client: SQSClient, QueueUrl: string): Promise<Delivery> {
  const { Messages: [message] = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: RECEIVED_ATTRIBUTES }),
  );
  if (!message) throw new Error('There is no message on the queue: what should have sent it, did not.');
  const { MessageId = '', ReceiptHandle = '', Body = '', Attributes = {} } = message;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    group: Attributes['MessageGroupId'] ?? MessageId,
    body: Body,
    receiveCount: Number(Attributes['ApproximateReceiveCount']),
  };
}
