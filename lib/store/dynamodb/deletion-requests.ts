import { BatchWriteCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { SessionKey } from '../../session/index.ts';
import {
  attributesNotMarked,
  deletedItem,
  fromSortKey,
  isDeletedItem,
  partitions,
  sessionItemKey,
  sortKeys,
  toClosedItem,
  toVoidItem,
} from '../../table/index.ts';
import type { DeletionStore } from '../deletion-store.ts';
import { FenceRejectedError } from '../errors.ts';
import { attempt, attemptIf, getItem, type Table } from './table.ts';

/** The requests that take a session away. */
export function deletionRequests(table: Table): DeletionStore {
  const { client, name: TableName } = table;
  return {
    async markDeleted(key, fence, { deletedAtMs, liveFrom }) {
      const answer = await attemptIf('markDeleted', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: sessionItemKey(key, sortKeys.meta),
            // Positions are handed out until this very write: no reader of META can say which is the last.
            UpdateExpression: `SET deletedAtMs = :at, liveFrom = :from, liveTo = nextSeq - :one REMOVE ${attributesNotMarked.join(', ')}`,
            ConditionExpression: 'fence = :fence',
            ExpressionAttributeValues: { ':at': deletedAtMs, ':from': liveFrom, ':one': 1, ':fence': fence },
            ReturnValues: 'ALL_NEW',
          }),
        ),
      );
      if (!answer) throw new FenceRejectedError(key, fence);
      return deletedItem.read(answer.Attributes ?? {});
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

    async listItems(key, { limit, after }) {
      const { Items = [] } = await attempt('listItems', () =>
        client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk AND sk < :log',
            ExpressionAttributeValues: { ':pk': partitions.session(key), ':log': sortKeys.beforeLog },
            ProjectionExpression: 'sk',
            ConsistentRead: true,
            Limit: limit,
            ...(after !== undefined && { ExclusiveStartKey: sessionItemKey(key, after) }),
          }),
        ),
      );
      return Items.map(({ sk }) => String(sk));
    },

    async removeItems(key, names, expiresAtMs) {
      const requests = names.map((name) => removal(key, name, expiresAtMs));
      const { UnprocessedItems = {} } = await attempt('removeItems', () =>
        client.send(new BatchWriteCommand({ RequestItems: { [TableName]: requests } })),
      );
      return (UnprocessedItems[TableName] ?? []).map(({ PutRequest, DeleteRequest }) =>
        String((PutRequest?.Item ?? DeleteRequest?.Key)?.['sk']),
      );
    },

    async finishDeletion(key, finishedAtMs) {
      await attemptIf('finishDeletion', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: sessionItemKey(key, sortKeys.meta),
            UpdateExpression: 'SET finishedAtMs = :at',
            ConditionExpression: 'attribute_exists(deletedAtMs)',
            ExpressionAttributeValues: { ':at': finishedAtMs },
          }),
        ),
      );
    },
  };
}

/** Writes to an archive have no other condition than that nothing is there. */
function removal(key: SessionKey, name: string, expiresAtMs: number) {
  return fromSortKey.isOfArchive(name)
    ? { PutRequest: { Item: toClosedItem(key, name, expiresAtMs) } }
    : { DeleteRequest: { Key: sessionItemKey(key, name) } };
}
