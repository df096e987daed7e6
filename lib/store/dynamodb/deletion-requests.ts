import { BatchWriteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DeletionStore } from '../deletion-store.ts';
import { FenceRejectedError } from '../errors.ts';
import { keys } from './keys.ts';
import { positionOf, voidItem } from './log-items.ts';
import { attempt, attemptIf, itemKey, type Table } from './table.ts';

/** The requests that take a session away. */
export function deletionRequests({ client, name: TableName }: Table): DeletionStore {
  return {
    async markDeleted(key, fence, deleted) {
      const answer = await attemptIf('markDeleted', () =>
        client.send(
          new PutCommand({
            TableName,
            Item: { ...itemKey(key, keys.meta), ...deleted },
            ConditionExpression: 'fence = :fence OR attribute_exists(deletedAtMs)',
            ExpressionAttributeValues: { ':fence': fence },
          }),
        ),
      );
      if (!answer) throw new FenceRejectedError(key, fence);
    },

    async readDeleted(key) {
      const { Item } = await attempt('readDeleted', () =>
        client.send(new GetCommand({ TableName, Key: itemKey(key, keys.meta), ConsistentRead: true })),
      );
      if (!Item || !('deletedAtMs' in Item)) return undefined;
      const { deletedAtMs, scope, liveFrom, liveTo } = Item;
      return {
        deletedAtMs: Number(deletedAtMs),
        scope: String(scope),
        liveFrom: Number(liveFrom),
        liveTo: Number(liveTo),
      };
    },

    async closePositions(key, positions, expiresAtMs) {
      const requests = positions.map((position) => ({
        PutRequest: { Item: voidItem(key, position, expiresAtMs) },
      }));
      const { UnprocessedItems = {} } = await attempt('closePositions', () =>
        client.send(new BatchWriteCommand({ RequestItems: { [TableName]: requests } })),
      );
      return (UnprocessedItems[TableName] ?? []).map(({ PutRequest }) => positionOf(PutRequest?.Item ?? {}));
    },

    async listItems(key, limit) {
      const { Items = [] } = await attempt('listItems', () =>
        client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk AND sk < :log',
            ExpressionAttributeValues: { ':pk': keys.partition(key), ':log': keys.beforeLog },
            ProjectionExpression: 'sk',
            ConsistentRead: true,
            Limit: limit,
          }),
        ),
      );
      return Items.map(({ sk }) => String(sk));
    },

    async deleteItems(key, names) {
      const requests = names.map((name) => ({ DeleteRequest: { Key: itemKey(key, name) } }));
      const { UnprocessedItems = {} } = await attempt('deleteItems', () =>
        client.send(new BatchWriteCommand({ RequestItems: { [TableName]: requests } })),
      );
      return (UnprocessedItems[TableName] ?? []).map(({ DeleteRequest }) =>
        String(DeleteRequest?.Key?.['sk']),
      );
    },
  };
}
