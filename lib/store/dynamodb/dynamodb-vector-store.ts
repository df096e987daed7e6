import {
  type DynamoDBDocumentClient,
  QueryCommand,
  SearchVectorsCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Embedder, Vector, VectorStore } from '../../embedding/index.ts';
import { type Memory, type Subject, subjectName } from '../../memory/index.ts';
import {
  embeddedAttributes,
  fromSortKey,
  type Item,
  memoryAttributes,
  memoryItem,
  partitions,
  scopeItemKey,
  sessionItemKey,
  sortKeyRanges,
  sortKeys,
  toEmbeddingItem,
  vectorIndex,
  vectorPartition,
} from '../../table/index.ts';
import { isStill } from './is-still.ts';
import { IS_OPEN } from './manifest-updates.ts';
import { projection } from './projection.ts';
import { attempt, attemptIf } from './table.ts';

/** How many memories a page of unembedded ones looks at: about 400 KB with vectors of 256 dimensions. */
const MEMORIES_PER_PAGE = 250;

const HAS_TEXT = 'attribute_exists(#text)';

/**
 * Vectors in a DynamoDB table keyed `pk` and `sk` with a vector index. Searching throws StoreRefusedError while the index
 * is not there or not ready; listing unembedded memories, ItemUnreadableError and ItemTooNewError.
 */
export function dynamodbVectorStore(options: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): VectorStore {
  const { client, tableName: TableName } = options;

  /** Nearest first. */
  async function search(
    operation: string,
    { id, dimensions, pk }: Pick<Embedder, 'id' | 'dimensions'> & { readonly pk: string },
    vector: Vector,
    TopK: number,
  ): Promise<{ readonly sk: string; readonly distance: number }[]> {
    const { name: IndexName, partition } = vectorIndex(dimensions);
    const { SearchResults = [] } = await attempt(operation, () =>
      client.send(
        new SearchVectorsCommand({
          TableName,
          IndexName,
          SearchVector: [...vector],
          TopK,
          SearchConditionExpression: `${partition} = :in`,
          ExpressionAttributeValues: { ':in': vectorPartition(id, pk) },
          ProjectionExpression: 'sk',
        }),
      ),
    );
    return SearchResults.map(({ Item, Score }) => ({ sk: String(Item?.['sk']), distance: Number(Score) }));
  }

  return {
    async putMessageVectors(key, archive, embedder, vectors) {
      const check = {
        ConditionCheck: {
          TableName,
          Key: sessionItemKey(key, sortKeys.archive(archive)),
          ConditionExpression: IS_OPEN,
        },
      };
      const puts = vectors.map((vector) => ({
        Put: { TableName, Item: toEmbeddingItem(key, archive, vector, embedder) },
      }));
      const answer = await attemptIf('putMessageVectors', () =>
        client.send(new TransactWriteCommand({ TransactItems: [check, ...puts] })),
      );
      return answer !== undefined;
    },

    async putMemoryVector(scope, memory, embedder, vector) {
      const attributes = embeddedAttributes(embedder, partitions.memories(scope), vector);
      const still = isStill(memory.revision);
      const answer = await attemptIf('putMemoryVector', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: scopeItemKey(scope, sortKeys.memory(subjectName(memory))),
            UpdateExpression: `SET ${Object.keys(attributes)
              .map((name) => `${name} = :${name}`)
              .join(', ')}`,
            ConditionExpression: `${still.ConditionExpression} AND ${HAS_TEXT}`,
            ExpressionAttributeNames: { ...still.ExpressionAttributeNames, '#text': 'text' },
            ExpressionAttributeValues: {
              ...still.ExpressionAttributeValues,
              ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`:${name}`, value])),
            },
          }),
        ),
      );
      return answer !== undefined;
    },

    async recordEmbedding(key, archive, result) {
      const answer = await attemptIf('recordEmbedding', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: sessionItemKey(key, sortKeys.archive(archive)),
            UpdateExpression: 'SET embedding = :result',
            ConditionExpression: IS_OPEN,
            ExpressionAttributeValues: { ':result': result },
          }),
        ),
      );
      return answer !== undefined;
    },

    async nearMessages(key, embedder, vector, limit) {
      const pk = partitions.session(key);
      const found = await search('nearMessages', { ...embedder, pk }, vector, limit);
      return found.map(({ sk, distance }) => ({ ...fromSortKey.embedding(sk), distance }));
    },

    async nearMemories(scope, embedder, vector, limit) {
      const pk = partitions.memories(scope);
      const found = await search('nearMemories', { ...embedder, pk }, vector, limit);
      return found.map(({ sk, distance }) => ({ ...fromSortKey.subject(sk), distance }));
    },

    async listUnembedded(scope, { id }, { after }) {
      const pk = partitions.memories(scope);
      const { ProjectionExpression, ExpressionAttributeNames } = projection(memoryAttributes);
      const { Items = [], LastEvaluatedKey } = await attempt('listUnembedded', () =>
        client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :prefix)',
            FilterExpression: `${HAS_TEXT} AND (attribute_not_exists(#in) OR #in <> :in)`,
            ProjectionExpression,
            ExpressionAttributeNames: { ...ExpressionAttributeNames, '#in': 'vectorsIn' },
            ExpressionAttributeValues: {
              ':pk': pk,
              ':prefix': sortKeyRanges.memories(),
              ':in': vectorPartition(id, pk),
            },
            Limit: MEMORIES_PER_PAGE,
            ...(after !== undefined && { ExclusiveStartKey: scopeItemKey(scope, sortKeys.memory(after)) }),
          }),
        ),
      );
      return {
        memories: Items.flatMap(toUnembedded),
        ...(LastEvaluatedKey && { nextAfter: fromSortKey.memoryName(String(LastEvaluatedKey['sk'])) }),
      };
    },
  };
}

function toUnembedded(item: Item): (Subject & Required<Pick<Memory, 'text' | 'revision'>>)[] {
  const { category, key, text, revision } = memoryItem.read(item);
  return text === undefined ? [] : [{ category, key, text, revision }];
}
