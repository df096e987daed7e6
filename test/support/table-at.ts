import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { tableDefinition } from '../../lib/table/index.ts';
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
export async function tableAt(
  endpoint: string,
  definition: Parameters<typeof tableDefinition>[0] = {},
): Promise<TestTable> {
  const { region, credentials } = localAws;
  const client = new DynamoDBClient({ endpoint, region, credentials });
  const tableName = `sessions-${randomUUID()}`;
  await client.send(new CreateTableCommand({ TableName: tableName, ...tableDefinition(definition) }));
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
