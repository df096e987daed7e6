import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { finishBatch } from '../../lib/store/index.ts';
import type { BenchWorld } from './bench-world.ts';
import { tableName } from './start-services.ts';

/** As many as a database takes in one request. */
const ITEMS_PER_REQUEST = 25;

/** Stores items as they are, without being measured: what is there before a measurement begins. */
export async function batchPut(world: BenchWorld, items: readonly Record<string, unknown>[]): Promise<void> {
  const client = DynamoDBDocumentClient.from(world.services.makeDynamodb());
  const put = async (wanted: typeof items) => {
    const requests = wanted.slice(0, ITEMS_PER_REQUEST).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
    return wanted.slice(ITEMS_PER_REQUEST);
  };
  await finishBatch('seed', items, put, { ...world.commit.lease, signal: world.signal });
}
