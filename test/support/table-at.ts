import { randomUUID } from 'node:crypto';
import {
  type AttributeDefinition,
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  type ScalarAttributeType,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { tableIndexes } from '../../lib/table/index.ts';
import { localAws } from '../../local/aws/index.ts';
import { countRequests } from './count-requests.ts';
import { safetyTimeouts } from './safety-timeouts.ts';

export interface TestTable extends AsyncDisposable {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly endpoint: string;
  /** Resolves once no request of the client is under way. */
  idle(): Promise<void>;
}

/** A table like the deployed one, of its own, on the server there; it goes with the test. */
export async function tableAt(endpoint: string): Promise<TestTable> {
  const { region, credentials } = localAws;
  const client = new DynamoDBClient({ endpoint, region, credentials });
  const tableName = `sessions-${randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
        ...keyAttributes(),
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: tableIndexes.map(({ name, partition, sort }) => ({
        IndexName: name,
        KeySchema: [
          { AttributeName: partition, KeyType: 'HASH' },
          { AttributeName: sort, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    }),
  );
  await waitUntilTableExists(
    { client, maxWaitTime: safetyTimeouts.conditionMs / 1_000, minDelay: 0.05, maxDelay: 0.2 },
    { TableName: tableName },
  );
  return {
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    tableName,
    endpoint,
    idle: countRequests(client).idle,
    async [Symbol.asyncDispose]() {
      await client.send(new DeleteTableCommand({ TableName: tableName }));
      client.destroy();
    },
  };
}

/** The keys of the indexes, each once: some share one. */
function keyAttributes(): AttributeDefinition[] {
  const types = new Map<string, ScalarAttributeType>();
  for (const { partition, sort, sortType } of tableIndexes) types.set(partition, 'S').set(sort, sortType);
  return [...types].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));
}
