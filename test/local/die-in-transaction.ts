/**
 * Writes items in a transaction to a table in a folder, and says so on stdout; then kills itself in the middle of the
 * next one, which would write the same items again: at its first write to the database, or right after that one.
 */
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import databases, { type Store } from 'dynalite/db/index.js';
import { localAws } from '../../local/aws/index.ts';
import { startTableEmulator } from '../../local/emulators/index.ts';

const [dataFolder = '', moment = ''] = process.argv.slice(2);
const TableName = 'Items';
const ITEMS = 50;

const stores: Store[] = [];
const { create } = databases;
databases.create = (options) => {
  const store = create(options);
  stores.push(store);
  return store;
};
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

const die = () => process.kill(process.pid, 'SIGKILL');

function dieAtNextWrite(): void {
  for (const { db } of stores) {
    const { put, del, batch } = db;
    const then = () => (moment === 'after' ? die() : undefined);
    const now = () => (moment === 'at' ? die() : undefined);
    db.put = (key, value) => void [put(key, value, then), now()];
    db.del = (key) => void [del(key, then), now()];
    db.batch = (operations) => void [batch(operations, then), now()];
  }
}

for (const turn of [1, 2]) {
  if (turn === 2) dieAtNextWrite();
  const TransactItems = Array.from({ length: ITEMS }, (_, index) => ({
    Put: { TableName, Item: { pk: `item-${index}`, turn } },
  }));
  await documents.send(new TransactWriteCommand({ TransactItems }));
  process.stdout.write(`${turn}\n`);
}
