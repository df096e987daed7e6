import { type DynamoDBDocumentClient, GetCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type CommitStatus, type SessionKey, statesBeforeArchive } from '../session/index.ts';
import { toStoreError } from '../store/index.ts';
import {
  attempts,
  commitItem,
  expiryOf,
  fromSortKey,
  type Item,
  isItemError,
  leaseItem,
  leaseItemKey,
  leaseResources,
  logItem,
  partitions,
  sortKeyRanges,
  sortKeys,
} from '../table/index.ts';
import type { SessionItems, StoredEntry } from './session-items.ts';

/** What DynamoDB reads for one request of a scan. */
const SCAN_PAGE_BYTES = 1024 * 1024;

const { attempt } = attempts(toStoreError);

/** The items of sessions in a DynamoDB table keyed `pk` and `sk`. */
export function dynamodbSessionItems(options: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): SessionItems {
  const { client, tableName: TableName } = options;

  async function* query(
    key: SessionKey,
    { from, to }: { readonly from: string; readonly to: string },
    projection?: string,
  ): AsyncGenerator<Item> {
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const answer = await attempt('query', () =>
        client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
            ExpressionAttributeValues: { ':pk': partitions.session(key), ':from': from, ':to': to },
            ConsistentRead: true,
            ...(projection !== undefined && { ProjectionExpression: projection }),
            ...(ExclusiveStartKey && { ExclusiveStartKey }),
          }),
        ),
      );
      yield* answer.Items ?? [];
      ExclusiveStartKey = answer.LastEvaluatedKey;
    } while (ExclusiveStartKey);
  }

  async function archivesIn(key: SessionKey, range: { readonly from: string; readonly to: string }) {
    const numbers = new Set<number>();
    for await (const { sk } of query(key, range, 'sk')) numbers.add(fromSortKey.archive(String(sk)));
    return [...numbers];
  }

  return {
    async *everything(signal) {
      // A scan gives the items of a partition one after another.
      let last: unknown;
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        signal.throwIfAborted();
        const answer = await attempt('scan', () =>
          client.send(
            new ScanCommand({
              TableName,
              FilterExpression: 'sk = :meta OR begins_with(sk, :memory) OR begins_with(sk, :statement)',
              ExpressionAttributeValues: {
                ':meta': sortKeys.meta,
                ':memory': sortKeyRanges.memories(),
                ':statement': sortKeyRanges.statements,
              },
              ProjectionExpression: 'pk',
              ConsistentRead: true,
              ...(ExclusiveStartKey && { ExclusiveStartKey }),
            }),
          ),
        );
        for (const { pk } of answer.Items ?? []) {
          const key = partitions.sessionOf(String(pk)) ?? partitions.scopeOf(String(pk));
          if (key && pk !== last) yield key;
          last = pk;
        }
        ExclusiveStartKey = answer.LastEvaluatedKey;
      } while (ExclusiveStartKey);
    },

    async unarchivedCommits(maxBytes, signal) {
      const commits: { key: SessionKey; status: CommitStatus }[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      for (let bytes = 0; bytes < maxBytes; bytes += SCAN_PAGE_BYTES) {
        signal.throwIfAborted();
        const answer = await attempt('scan', () =>
          client.send(
            new ScanCommand({
              TableName,
              FilterExpression: `begins_with(sk, :commit) AND attribute_not_exists(#archive) AND #state IN (${statesBeforeArchive.map((state) => `:${state}`)})`,
              ExpressionAttributeNames: { '#archive': 'archive', '#state': 'state' },
              ExpressionAttributeValues: {
                ':commit': sortKeyRanges.commits.from,
                ...Object.fromEntries(statesBeforeArchive.map((state) => [`:${state}`, state])),
              },
              ...(ExclusiveStartKey && { ExclusiveStartKey }),
            }),
          ),
        );
        for (const item of answer.Items ?? []) {
          const key = partitions.sessionOf(String(item['pk']));
          const status = commitItem.inspect(item);
          if (key && !isItemError(status)) commits.push({ key, status });
        }
        ExclusiveStartKey = answer.LastEvaluatedKey;
        if (!ExclusiveStartKey) return { commits, isComplete: true };
      }
      return { commits, isComplete: false };
    },

    async *entries(key) {
      for await (const item of query(key, sortKeyRanges.log)) yield toStoredEntry(item);
    },

    async *commits(key) {
      for await (const item of query(key, sortKeyRanges.commits)) yield commitItem.inspect(item);
    },

    archivesAfter: (key, archive) => archivesIn(key, sortKeyRanges.archivesAfter(archive)),

    embeddedAfter: (key, archive) => archivesIn(key, sortKeyRanges.embeddingsAfter(archive)),

    async leaseHolder(key) {
      const Key = leaseItemKey(leaseResources.session(key));
      const { Item } = await attempt('readLease', () =>
        client.send(new GetCommand({ TableName, Key, ConsistentRead: true })),
      );
      if (!Item) return undefined;
      const { owner, expiresAtMs } = leaseItem.read(Item);
      return { owner, expiresAtMs };
    },
  };
}

function toStoredEntry(item: Item): StoredEntry {
  const entry = logItem.inspect(item);
  const expiry = expiryOf(item);
  if (!isItemError(entry)) return { ...entry, ...expiry };
  return { kind: 'damaged', position: fromSortKey.position(String(item['sk'])), error: entry, ...expiry };
}
