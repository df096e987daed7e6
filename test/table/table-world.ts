import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodbLeaseStore } from '../../lib/lease/index.ts';
import { dynamodbMemoryStore, dynamodbSessionStore } from '../../lib/store/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { testTable } from '../support/test-table.ts';

/** A table of its own, and every store on it. */
export async function tableWorld() {
  const table = await testTable();
  const TableName = table.tableName;
  const clock = fakeClock(table);
  return {
    clock,
    store: dynamodbSessionStore(table),
    memories: dynamodbMemoryStore(table),
    leases: dynamodbLeaseStore({ ...table, clock }),
    /** Writes an item as it is given. */
    async put(item: object) {
      await table.client.send(new PutCommand({ TableName, Item: { ...item } }));
    },
    async items(): Promise<Record<string, unknown>[]> {
      const { Items = [] } = await table.client.send(new ScanCommand({ TableName }));
      return Items;
    },
    [Symbol.asyncDispose]: () => table[Symbol.asyncDispose](),
  };
}

export type TableWorld = Awaited<ReturnType<typeof tableWorld>>;
