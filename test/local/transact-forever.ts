/**
 * Writes the same items over and over, all in one transaction, to a table in a folder: how often the table has
 * acknowledged it goes to stdout, a line each time. To be killed.
 */
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { localAws } from '../../local/aws/index.ts';
import { startTableEmulator } from '../../local/emulators/index.ts';

const [dataFolder = ''] = process.argv.slice(2);
const TableName = 'Items';
const ITEMS = 50;

const { endpoint } = await startTableEmulator({ dataFolder });
const { region, credentials } = localAws;
const client = new DynamoDBClient({ region, credentials, endpoint });
await client.send(
  new CreateTableCommand({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'turn', AttributeType: 'N' },
    ],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    GlobalSecondaryIndexes: [
      {
        IndexName: 'turns',
        KeySchema: [{ AttributeName: 'turn', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  }),
);
await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 0.02, maxDelay: 0.1 }, { TableName });
const documents = DynamoDBDocumentClient.from(client);

for (let turn = 1; ; turn += 1) {
  const TransactItems = Array.from({ length: ITEMS }, (_, index) => ({
    Put: { TableName, Item: { pk: `item-${index}`, turn } },
  }));
  await documents.send(new TransactWriteCommand({ TransactItems }));
  process.stdout.write(`${turn}\n`);
}
