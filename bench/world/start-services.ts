import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { limitDefinitions } from '../../lib/limits/index.ts';
import { tableDefinition } from '../../lib/table/index.ts';
import { localAws } from '../../local/aws/index.ts';
import {
  startParameterEmulator,
  startQueueEmulator,
  startTableEmulator,
} from '../../local/emulators/index.ts';
import { startEmbeddedRedis, startRestServer } from '../../local/emulators/redis-rest/index.ts';

export const tableName = 'commitlane';
export const limitsPath = '/commitlane/bench';
export const redisToken = 'bench';

/** A repeated request would be counted twice: one that fails ends the measurement. */
const common = {
  region: localAws.region,
  credentials: localAws.credentials,
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
};
const TABLE_TIMEOUT_S = 10;

export interface Services extends AsyncDisposable {
  makeDynamodb(): DynamoDBClient;
  makeSqs(): SQSClient;
  makeSsm(): SSMClient;
  readonly redisUrl: string;
  readonly commitQueueUrl: string;
  readonly followUpQueueUrl: string;
}

/** An empty table, queues, the limits at their defaults and a Redis, each emulated in this process. */
export async function startServices(): Promise<Services> {
  await using resources = new AsyncDisposableStack();
  const table = resources.use(await startTableEmulator({}));
  const queues = resources.use(await startQueueEmulator({}));
  const parameters = resources.use(await startParameterEmulator({}));
  const redis = resources.use(await startEmbeddedRedis());
  const rest = resources.use(await startRestServer(redis, redisToken));
  const closing = <Client extends { destroy(): void }>(client: Client) =>
    resources.adopt(client, () => client.destroy());
  const dynamodb = closing(new DynamoDBClient({ ...common, endpoint: table.endpoint }));
  const sqs = closing(new SQSClient({ ...common, endpoint: queues.endpoint }));
  const ssm = closing(new SSMClient({ ...common, endpoint: parameters.endpoint }));
  await createTable(dynamodb);
  await putLimits(ssm);
  const commitQueueUrl = await createQueue(sqs, queues.endpoint, 'commits.fifo');
  const followUpQueueUrl = await createQueue(sqs, queues.endpoint, 'follow-ups.fifo');
  const running = resources.move();
  const own = <Client extends { destroy(): void }>(client: Client) =>
    running.adopt(client, () => client.destroy());
  return {
    makeDynamodb: () => own(new DynamoDBClient({ ...common, endpoint: table.endpoint })),
    makeSqs: () => own(new SQSClient({ ...common, endpoint: queues.endpoint })),
    makeSsm: () => own(new SSMClient({ ...common, endpoint: parameters.endpoint })),
    redisUrl: rest.url,
    commitQueueUrl,
    followUpQueueUrl,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function createTable(client: DynamoDBClient): Promise<void> {
  await client.send(new CreateTableCommand({ TableName: tableName, ...tableDefinition() }));
  await waitUntilTableExists(
    { client, maxWaitTime: TABLE_TIMEOUT_S, minDelay: 0.05, maxDelay: 0.2 },
    { TableName: tableName },
  );
}

async function putLimits(client: SSMClient): Promise<void> {
  for (const { name, default: value } of limitDefinitions) {
    await client.send(new PutParameterCommand({ Name: `${limitsPath}/${name}`, Value: String(value) }));
  }
}

async function createQueue(client: SQSClient, endpoint: string, QueueName: string): Promise<string> {
  const { QueueUrl = '' } = await client.send(
    new CreateQueueCommand({
      QueueName,
      Attributes: {
        FifoQueue: 'true',
        DeduplicationScope: 'messageGroup',
        FifoThroughputLimit: 'perMessageGroupId',
      },
    }),
  );
  return `${endpoint}${new URL(QueueUrl).pathname}`;
}
