import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { type Memory, type MemoryStore, toMemoryStoreError } from '../../memory/index.ts';
import {
  attempts,
  fromSortKey,
  memoryItem,
  memoryItemKey,
  partitions,
  sortKeyRanges,
  toMemoryItem,
} from '../../table/index.ts';

const { attempt, attemptIf } = attempts(toMemoryStoreError);

/**
 * Memories as items of a DynamoDB table keyed `pk` and `sk`. Its methods throw MemoryStoreUnavailableError, and
 * MemoryStoreRefusedError for what no repetition can mend; those that read, ItemUnreadableError and ItemTooNewError.
 */
export function dynamodbMemoryStore(options: {
  client: DynamoDBDocumentClient;
  tableName: string;
}): MemoryStore {
  const { client, tableName: TableName } = options;
  const nameOf = ({ category, key }: Pick<Memory, 'category' | 'key'>) => `${category}#${key}`;

  return {
    async readMemory(scope, category, key) {
      const Key = memoryItemKey(scope, nameOf({ category, key }));
      const { Item } = await attempt('readMemory', () =>
        client.send(new GetCommand({ TableName, Key, ConsistentRead: true })),
      );
      return Item && memoryItem.read(Item);
    },

    async putMemory(scope, memory) {
      const condition =
        memory.version === 1
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#version = :before',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':before': memory.version - 1 },
            };
      const answer = await attemptIf('putMemory', () =>
        client.send(new PutCommand({ TableName, Item: toMemoryItem(scope, memory), ...condition })),
      );
      return answer !== undefined;
    },

    async deleteMemory(scope, memory) {
      const answer = await attemptIf('deleteMemory', () =>
        client.send(
          new DeleteCommand({
            TableName,
            Key: memoryItemKey(scope, nameOf(memory)),
            ConditionExpression: 'attribute_not_exists(pk) OR #version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': memory.version },
          }),
        ),
      );
      return answer !== undefined;
    },

    async listMemories(scope, { limit, after, category, mayBeStale = false }) {
      const { Items = [], LastEvaluatedKey } = await attempt('listMemories', () =>
        client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
            ExpressionAttributeValues: {
              ':pk': partitions.memories(scope),
              ':prefix': sortKeyRanges.memories(category),
            },
            ConsistentRead: !mayBeStale,
            ...(limit !== undefined && { Limit: limit }),
            ...(after !== undefined && { ExclusiveStartKey: memoryItemKey(scope, after) }),
          }),
        ),
      );
      return {
        memories: Items.map(memoryItem.read),
        ...(LastEvaluatedKey && { nextAfter: fromSortKey.memoryName(String(LastEvaluatedKey['sk'])) }),
      };
    },
  };
}
