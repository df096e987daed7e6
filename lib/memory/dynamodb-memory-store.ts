import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { toMemoryStoreError } from './errors.ts';
import type { Memory, ScopeKey } from './memory.ts';
import type { MemoryStore } from './memory-store.ts';

const PREFIX = 'MEMORY#';

/**
 * Memories as items of a DynamoDB table keyed `pk` and `sk`. Its methods throw MemoryStoreUnavailableError, and
 * MemoryStoreRefusedError for what no repetition can mend.
 */
export function dynamodbMemoryStore(options: {
  client: DynamoDBDocumentClient;
  tableName: string;
}): MemoryStore {
  const { client, tableName: TableName } = options;
  const partition = ({ tenant, scope }: ScopeKey) => `TENANT#${tenant}#MEMORY#${scope}`;

  return {
    async readMemory(scope, category, key) {
      const Key = { pk: partition(scope), sk: `${PREFIX}${category}#${key}` };
      const { Item } = await attempt('readMemory', () =>
        client.send(new GetCommand({ TableName, Key, ConsistentRead: true })),
      );
      return Item && toMemory(Item);
    },

    async putMemory(scope, memory) {
      const { category, key, version } = memory;
      const Item = { pk: partition(scope), sk: `${PREFIX}${category}#${key}`, ...memory };
      const condition =
        version === 1
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#version = :before',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':before': version - 1 },
            };
      try {
        await client.send(new PutCommand({ TableName, Item, ...condition }));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw toMemoryStoreError('putMemory', error);
      }
    },

    async deleteMemory(scope, { category, key, version }) {
      try {
        await client.send(
          new DeleteCommand({
            TableName,
            Key: { pk: partition(scope), sk: `${PREFIX}${category}#${key}` },
            ConditionExpression: 'attribute_not_exists(pk) OR #version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': version },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw toMemoryStoreError('deleteMemory', error);
      }
    },

    async listMemories(scope, { limit, after }) {
      const pk = partition(scope);
      const { Items = [], LastEvaluatedKey } = await attempt('listMemories', () =>
        client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
            ExpressionAttributeValues: { ':pk': pk, ':prefix': PREFIX },
            ConsistentRead: true,
            Limit: limit,
            ...(after !== undefined && { ExclusiveStartKey: { pk, sk: `${PREFIX}${after}` } }),
          }),
        ),
      );
      return {
        memories: Items.map(toMemory),
        ...(LastEvaluatedKey && { nextAfter: String(LastEvaluatedKey['sk']).slice(PREFIX.length) }),
      };
    },
  };
}

async function attempt<T>(operation: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw toMemoryStoreError(operation, error);
  }
}

function toMemory({ pk: _pk, sk: _sk, ...attributes }: Record<string, unknown>): Memory {
  return attributes as unknown as Memory;
}
