import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { deleteSession } from '../../lib/deletion/index.ts';
import { inProcessLeaseStore } from '../../lib/lease/index.ts';
import { parseLimits } from '../../lib/limits/index.ts';
import { dynamodbMemoryStore } from '../../lib/store/index.ts';
import { dynamodbMemoryItems, type MemoryItems, verifyErased, verifyScope } from '../../lib/verify/index.ts';
import { statementOf } from '../support/statement-of.ts';
import { key, verifyWorld } from './verify-world.ts';

export const scope = { tenant: key.tenant, scope: 'ann' };
const signal = new AbortController().signal;

/**
 * A session with archives, live messages and memories, beside another one that is archived once, in the scope `ann`; on an
 * emulated table.
 */
export async function erasureWorld() {
  const world = await verifyWorld();
  const { table, store, clock } = world;
  const memories = dynamodbMemoryStore(table);
  const memoryItems = dynamodbMemoryItems(table);
  const TableName = table.tableName;
  const other = { tenant: key.tenant, session: 'other' };
  let ids = 0;
  const lease = {
    ...{ leases: inProcessLeaseStore({ clock }), clock, random: () => 0.5, onEvent: () => undefined },
    newId: () => `e-${++ids}`,
  };
  const deletion = { store, memories, lease, limits: parseLimits({}), owner: 'api' };

  await store.createSession(other, { scope: 'ann', createdAtMs: clock.now() });
  await store.putManifest(other, {
    ...{ archive: 1, from: 1, to: 1, recordCount: 1, messageCount: 1, bytes: 1, chunks: [] },
    ...{ commitId: 'c', sealedAtMs: 1, followUp: { state: 'pending' } },
  });
  await world.remember(scope, statementOf('tea', { session: key.session }));
  await world.remember(scope, statementOf('bread', { session: other.session }));
  const both = { session: other.session, carriedFrom: [[key.session, 'a-third']] };
  await world.remember(scope, statementOf('milk', both));

  return {
    ...world,
    memories,
    other,
    erase: (isForgotten = true) =>
      clock.runUntil(deleteSession(deletion, key, { memories: isForgotten }, signal)),
    /** Writes an item as it is given. */
    async putAt(pk: string, sk: string, attributes: object) {
      await table.client.send(new PutCommand({ TableName, Item: { ...attributes, pk, sk } }));
    },
    async setAt(pk: string, sk: string, attribute: string, value: unknown) {
      await table.client.send(
        new UpdateCommand({
          ...{ TableName, Key: { pk, sk }, UpdateExpression: 'SET #name = :value' },
          ExpressionAttributeNames: { '#name': attribute },
          ExpressionAttributeValues: { ':value': value },
        }),
      );
    },
    verifyErased: (of = key, onPage?: (looked: number) => void) =>
      verifyErased({ store, memoryItems }, of, { signal, ...(onPage && { onPage }) }),
    memoryItems,
    verifyScope: (items: Pick<MemoryItems, 'ofScope'> = memoryItems) => verifyScope(items, scope, signal),
  };
}

export type ErasureWorld = Awaited<ReturnType<typeof erasureWorld>>;
