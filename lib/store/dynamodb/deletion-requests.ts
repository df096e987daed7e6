import { BatchWriteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import {
  deletedItem,
  fromSortKey,
  isDeletedItem,
  partitions,
  sessionItemKey,
  sortKeys,
  toDeletedItem,
  toVoidItem,
} from '../../table/index.ts';
import type { DeletionStore } from '../deletion-store.ts';
import { FenceRejectedError } from '../errors.ts';
import { attempt, attemptIf, getItem, type Table } from './table.ts';

/** The requests that take a session away. */
export function deletionRequests(table: Table): DeletionStore {
  const { client, name: TableName } = table;
  return {
    async markDeleted(key, fence, deleted) {
      const answer = await attemptIf('markDeleted', () =>
        client.send(
          new PutCommand({
            TableName,
            Item: toDeletedItem(key, deleted),
            ConditionExpression: 'fence = :fence OR attribute_exists(deletedAtMs)',
            ExpressionAttributeValues: { ':fence': fence },
          }),
        ),
      );
      if (!answer) throw new FenceRejectedError(key, fence);
    },

    async readDeleted(key) {
      const item = await getItem(table, 'readDeleted', key, sortKeys.meta);
      return item && isDeletedItem(item) ? deletedItem.read(item) : undefined;
    },

    async closePositions(key, positions, expiresAtMs) {
      const requests = positions.map((position) => ({
        PutRequest: { Item: toVoidItem(key, position, expiresAtMs) },
      }));
      const { UnprocessedItems = {} } = await attempt('closePositions', () =>
        client.send(new BatchWriteCommand({ RequestItems: { [TableName]: requests } })),
      );
      return (UnprocessedItems[TableName] ?? []).map(({ PutRequest }) =>
        fromSortKey.position(String(PutRequest?.Item?.['sk'])),
      );
    },

    async listItems(key, limit) {
      const { Items = [] } = await attempt('listItems', () =>
        client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk AND sk < :log',
            ExpressionAttributeValues: { ':pk': partitions.session(key), ':log': sortKeys.beforeLog },
            ProjectionExpression: 'sk',
            ConsistentRead: true,
            Limit: limit,
          }),
        ),
      );
      return Items.map(({ sk }) => String(sk));
    },

    async deleteItems(key, names) {
      const requests = names.map((name) => ({ DeleteRequest: { Key: sessionItemKey(key, name) } }));
      const { UnprocessedItems = {} } = await attempt('deleteItems', () =>
        client.send(new BatchWriteCommand({ RequestItems: { [TableName]: requests } })),
      );
      return (UnprocessedItems[TableName] ?? []).map(({ DeleteRequest }) =>
        String(DeleteRequest?.Key?.['sk']),
      );
    },
  };
}
