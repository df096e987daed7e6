import {
  type DynamoDBDocumentClient,
  QueryCommand,
  ScanCommand,
  type ScanCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { toStoreError } from '../store/index.ts';
import {
  attempts,
  expiryOf,
  fromSortKey,
  type Item,
  isClosedItem,
  isDeletedItem,
  isItemError,
  logItem,
  partitions,
  scopeAttributes,
  sortKeyRanges,
  sortKeys,
  unmergedItem,
} from '../table/index.ts';
import type { MemoryItems, ScannedItem, SessionItem } from './memory-items.ts';
import { toScopeItem } from './to-scope-item.ts';

/** Of manifests what is not merged: no messages, chunks or summaries. */
const ATTRIBUTES = [...scopeAttributes, 'extraction', 'again'];

const { attempt } = attempts(toStoreError);

/** The items of memories in a DynamoDB table keyed `pk` and `sk`. */
export function dynamodbMemoryItems(options: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): MemoryItems {
  const { client, tableName: TableName } = options;

  async function* query(pk: string): AsyncGenerator<Item> {
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const answer = await attempt('query', () =>
        client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': pk },
            ConsistentRead: true,
            ...(ExclusiveStartKey && { ExclusiveStartKey }),
          }),
        ),
      );
      yield* answer.Items ?? [];
      ExclusiveStartKey = answer.LastEvaluatedKey;
    } while (ExclusiveStartKey);
  }

  async function* scan(input: Omit<ScanCommandInput, 'TableName'>, signal: AbortSignal) {
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      signal.throwIfAborted();
      const answer = await attempt('scan', () =>
        client.send(
          new ScanCommand({
            TableName,
            ConsistentRead: true,
            ...input,
            ...(ExclusiveStartKey && { ExclusiveStartKey }),
          }),
        ),
      );
      yield { looked: answer.ScannedCount ?? 0, items: answer.Items ?? [] };
      ExclusiveStartKey = answer.LastEvaluatedKey;
    } while (ExclusiveStartKey);
  }

  return {
    async *ofScope(scope) {
      for await (const item of query(partitions.memories(scope))) {
        const found = toScopeItem(item);
        if (found) yield found;
      }
    },

    async *ofTenant(tenant, signal) {
      const input = {
        FilterExpression:
          'begins_with(pk, :scopes) OR (begins_with(pk, :sessions) AND begins_with(sk, :archive) ' +
          'AND (attribute_exists(extraction) OR attribute_exists(again)))',
        ExpressionAttributeValues: {
          ':scopes': partitions.memoriesOf(tenant),
          ':sessions': partitions.sessionsOf(tenant),
          ':archive': sortKeyRanges.archives,
        },
        ProjectionExpression: ATTRIBUTES.map((name) => `#${name}`).join(', '),
        ExpressionAttributeNames: Object.fromEntries(ATTRIBUTES.map((name) => [`#${name}`, name])),
      };
      for await (const { looked, items } of scan(input, signal)) {
        yield { looked, items: items.flatMap((item) => toScannedItem(item) ?? []) };
      }
    },

    async *ofSession(key) {
      for await (const item of query(partitions.session(key))) yield toSessionItem(item);
    },
  };
}

function toScannedItem(item: Item): ScannedItem | undefined {
  const pk = String(item['pk']);
  const scope = partitions.scopeOf(pk);
  if (scope) {
    const found = toScopeItem(item);
    return found && { place: 'scope', scope, item: found };
  }
  const key = partitions.sessionOf(pk);
  if (!key) return undefined;
  const name = String(item['sk']);
  const archive = fromSortKey.archive(name);
  const found = unmergedItem.inspect(item);
  if (isItemError(found))
    return { place: 'archive', key, archive, item: { kind: 'unreadable', name, error: found } };
  const memories = [found.extraction, found.again?.extraction].flatMap((one) =>
    one?.outcome === 'done' ? one.memories : [],
  );
  if (memories.length === 0) return undefined;
  return { place: 'archive', key, archive, item: { kind: 'unmerged', memories } };
}

function toSessionItem(item: Item): SessionItem {
  const name = String(item['sk']);
  return { name, holdsNothing: holdsNothing(name, item), ...expiryOf(item) };
}

function holdsNothing(name: string, item: Item): boolean {
  if (name === sortKeys.meta) return isDeletedItem(item);
  if (fromSortKey.isOfArchive(name)) return isClosedItem(item);
  if (fromSortKey.kind(name) !== 'LOG') return false;
  const entry = logItem.inspect(item);
  return !isItemError(entry) && entry.kind !== 'record';
}
