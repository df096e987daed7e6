import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { itemBytes } from './item-bytes.ts';

const WRITE_UNIT_BYTES = 1024;

const stringSchema = z.object({ S: z.string() });
const keySchema = z.looseObject({ pk: stringSchema, sk: stringSchema });
const bodySchema = z.looseObject({
  TableName: z.string(),
  Key: keySchema.optional(),
  Item: keySchema.optional(),
});
const transactionSchema = z.object({ TransactItems: z.array(z.record(z.string(), bodySchema)) });
/** Each item of a transaction is billed twice: once to prepare it, and once more to commit. */
const TRANSACTION_FACTOR = 2;

/**
 * What a write costs whose condition did not hold: the units of the item that is there, and 1 if none is. Of a cancelled
 * transaction all items are counted so, as if each had been prepared and committed: AWS does not say by which rule it bills.
 */
export async function refusedUnits(reader: DynamoDBClient, body: unknown): Promise<number> {
  const transaction = transactionSchema.safeParse(body);
  if (!transaction.success) return refusedItemUnits(reader, bodySchema.parse(body));
  const requests = transaction.data.TransactItems.flatMap((operation) => Object.values(operation));
  const units = await Promise.all(requests.map((request) => refusedItemUnits(reader, request)));
  return TRANSACTION_FACTOR * units.reduce((sum, one) => sum + one, 0);
}

async function refusedItemUnits(
  reader: DynamoDBClient,
  { TableName, Key, Item }: z.infer<typeof bodySchema>,
): Promise<number> {
  const { pk, sk } = keySchema.parse(Key ?? Item);
  const answer = await reader.send(new GetItemCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }));
  if (!answer.Item) return 1;
  return Math.ceil(itemBytes(toWire(answer.Item)) / WRITE_UNIT_BYTES);
}

/** The SDK gives bytes where the wire has base64. */
function toWire(item: object): unknown {
  return JSON.parse(
    JSON.stringify(item, (_name, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ),
  );
}
