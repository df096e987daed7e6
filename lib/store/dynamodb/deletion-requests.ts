import { BatchWriteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { FenceRejectedError } from '../errors.ts';
import type { SessionStore } from '../session-store.ts';
import { keys } from './keys.ts';
import { attempt, attemptIf, itemKey, type Table } from './table.ts';

type DeletionRequests = Pick<SessionStore, 'markDeleted' | 'readDeleted' | 'listItems' | 'deleteItems'>;

/** The requests that take a session away. */
export function deletionRequests({ client, name: TableName }: Table): DeletionRequests {
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
      return { deletedAtMs: Number(Item['deletedAtMs']), scope: String(Item['scope']) };
    },

    async listItems(key, limit) {
      const { Items = [] } = await attempt('listItems', () =>
        client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': keys.partition(key) },
            ProjectionExpression: 'sk',
            ConsistentRead: true,
            Limit: limit + 1,
          }),
        ),
      );
      return Items.map(({ sk }) => String(sk))
        .filter((name) => name !== keys.meta)
        .slice(0, limit);
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
