/**
 * Writes to an emulator for as long as it acknowledges: the number of what it has acknowledged goes to stdout, and what
 * it says of its failure.
 */
import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { localAws } from '../../local/aws/index.ts';
import {
  startParameterEmulator,
  startQueueEmulator,
  startTableEmulator,
} from '../../local/emulators/index.ts';
import { unusableData } from '../../local/errors.ts';

const [kind = '', folder = ''] = process.argv.slice(2);
const CONTENT = 'x'.repeat(4_000);
let acknowledged = 0;

function onFailure(error: unknown): void {
  process.stdout.write(JSON.stringify({ acknowledged, message: unusableData(folder, error).message }), () =>
    process.exit(0),
  );
}

const common = { region: localAws.region, credentials: localAws.credentials, maxAttempts: 1 };

async function writer(): Promise<(index: number) => Promise<unknown>> {
  if (kind === 'table') {
    const { endpoint } = await startTableEmulator({ dataFolder: folder, onFailure });
    const client = new DynamoDBClient({ ...common, endpoint });
    await client.send(
      new CreateTableCommand({
        TableName: 'Items',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    // Refused until then, a write would be taken for the failure that is waited for.
    await waitUntilTableExists(
      { client, maxWaitTime: 60, minDelay: 0.02, maxDelay: 0.1 },
      { TableName: 'Items' },
    );
    return (index) =>
      client.send(
        new PutItemCommand({
          TableName: 'Items',
          Item: { pk: { S: String(index) }, content: { S: CONTENT } },
        }),
      );
  }
  if (kind === 'queues') {
    const { endpoint } = await startQueueEmulator({ dataFolder: folder, onFailure });
    const client = new SQSClient({ ...common, endpoint });
    const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'work' }));
    return () => client.send(new SendMessageCommand({ QueueUrl, MessageBody: CONTENT }));
  }
  const { endpoint } = await startParameterEmulator({ file: `${folder}/parameters.json`, onFailure });
  const client = new SSMClient({ ...common, endpoint });
  return (index) =>
    client.send(new PutParameterCommand({ Name: `/filled/${index}`, Value: CONTENT, Type: 'String' }));
}

const write = await writer();
for (;;) {
  await write(acknowledged).catch(() => new Promise(() => 'until onFailure has told'));
  acknowledged += 1;
}
