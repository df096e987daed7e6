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

/** What a write costs whose condition did not hold: the units of the item that is there, and 1 if none is. */
export async function refusedUnits(reader: DynamoDBClient, body: unknown): Promise<number> {
  const { TableName, Key, Item } = bodySchema.parse(body);
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
