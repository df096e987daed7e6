import { type DynamoDBDocumentClient, GetCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { sessionResource } from '../commit/index.ts';
import type { CommitStatus, Message, SessionKey } from '../session/index.ts';
import { itemNames, toStoreError } from '../store/index.ts';
import type { SessionItems, StoredEntry } from './session-items.ts';

type Item = Record<string, unknown>;

const MAX_ARCHIVE = 999_999;
/** What DynamoDB reads for one request of a scan. */
const SCAN_PAGE_BYTES = 1024 * 1024;
/** Sorts behind every name that begins like another. */
const LAST = '~';

/** The items of sessions in a DynamoDB table keyed `pk` and `sk`. */
export function dynamodbSessionItems(options: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): SessionItems {
  const { client, tableName: TableName } = options;

  async function* query(
    key: SessionKey,
    from: string,
    to: string,
    projection?: string,
  ): AsyncGenerator<Item> {
    let ExclusiveStartKey: Item | undefined;
    do {
      const answer = await attempt('query', () =>
        client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
            ExpressionAttributeValues: { ':pk': itemNames.partition(key), ':from': from, ':to': to },
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

  return {
    async *sessions(signal) {
      let ExclusiveStartKey: Item | undefined;
      do {
        signal.throwIfAborted();
        const answer = await attempt('scan', () =>
          client.send(
            new ScanCommand({
              TableName,
              FilterExpression: 'sk = :meta',
              ExpressionAttributeValues: { ':meta': itemNames.meta },
              ProjectionExpression: 'pk',
              ConsistentRead: true,
              ...(ExclusiveStartKey && { ExclusiveStartKey }),
            }),
          ),
        );
        for (const { pk } of answer.Items ?? []) {
          const key = toSessionKey(String(pk));
          if (key) yield key;
        }
        ExclusiveStartKey = answer.LastEvaluatedKey;
      } while (ExclusiveStartKey);
    },

    async unarchivedCommits(maxBytes, signal) {
      const commits: { key: SessionKey; status: CommitStatus }[] = [];
      let ExclusiveStartKey: Item | undefined;
      for (let bytes = 0; bytes < maxBytes; bytes += SCAN_PAGE_BYTES) {
        signal.throwIfAborted();
        const answer = await attempt('scan', () =>
          client.send(
            new ScanCommand({
              TableName,
              FilterExpression:
                'begins_with(sk, :commit) AND attribute_not_exists(#archive) AND #state IN (:queued, :committing, :retrying)',
              ExpressionAttributeNames: { '#archive': 'archive', '#state': 'state' },
              ExpressionAttributeValues: {
                ':commit': 'COMMIT#',
                ':queued': 'queued',
                ':committing': 'committing',
                ':retrying': 'retrying',
              },
              ...(ExclusiveStartKey && { ExclusiveStartKey }),
            }),
          ),
        );
        for (const item of answer.Items ?? []) {
          const key = toSessionKey(String(item['pk']));
          if (key) commits.push({ key, status: toCommitStatus(item) });
        }
        ExclusiveStartKey = answer.LastEvaluatedKey;
        if (!ExclusiveStartKey) return { commits, isComplete: true };
      }
      return { commits, isComplete: false };
    },

    async *entries(key) {
      for await (const item of query(key, 'LOG#', `LOG#${LAST}`)) yield toStoredEntry(item);
    },

    async *commits(key) {
      for await (const item of query(key, 'COMMIT#', `COMMIT#${LAST}`)) {
        yield toCommitStatus(item);
      }
    },

    async archivesAfter(key, archive) {
      const numbers = new Set<number>();
      const [from, to] = [itemNames.archive(archive + 1), `${itemNames.archive(MAX_ARCHIVE)}${LAST}`];
      for await (const { sk } of query(key, from, to, 'sk')) numbers.add(Number(String(sk).split('#')[1]));
      return [...numbers];
    },

    async leaseHolder(key) {
      const Key = { pk: `LEASE#${sessionResource(key)}`, sk: 'LEASE' };
      const { Item } = await attempt('readLease', () =>
        client.send(new GetCommand({ TableName, Key, ConsistentRead: true })),
      );
      return Item && { owner: String(Item['owner']), expiresAtMs: Number(Item['expiresAtMs']) };
    },
  };
}

function toCommitStatus({ pk: _pk, sk: _sk, expiresAtSeconds: _ttl, ...commit }: Item): CommitStatus {
  return commit as unknown as CommitStatus;
}

/** Names of tenants and sessions hold no `#`. */
function toSessionKey(pk: string): SessionKey | undefined {
  const [tenantWord, tenant, sessionWord, session] = pk.split('#');
  if (tenantWord !== 'TENANT' || sessionWord !== 'SESSION' || !tenant || !session) return undefined;
  return { tenant, session };
}

const messagesSchema = z
  .array(z.looseObject({ id: z.string(), role: z.string(), content: z.string() }))
  .min(1);

function toStoredEntry({
  sk,
  kind,
  appendId,
  messages,
  bytes,
  appendedAtMs,
  expiresAtSeconds,
}: Item): StoredEntry {
  const position = Number(String(sk).slice('LOG#'.length));
  const expiry = expiresAtSeconds === undefined ? {} : { expiresAtMs: Number(expiresAtSeconds) * 1000 };
  if (kind === 'void') return { kind, position, ...expiry };
  if (kind === 'tombstone') return { kind, position, appendId: String(appendId), ...expiry };
  if (kind !== 'record')
    return { kind: 'damaged', position, problem: `it is of the kind '${kind}'`, ...expiry };
  const parsed = parseMessages(String(messages));
  if (!parsed) return { kind: 'damaged', position, problem: 'its messages cannot be read', ...expiry };
  return {
    kind,
    position,
    appendId: String(appendId),
    messages: parsed,
    bytes: Number(bytes),
    appendedAtMs: Number(appendedAtMs),
    ...expiry,
  };
}

function parseMessages(text: string): Message[] | undefined {
  try {
    const parsed = messagesSchema.safeParse(JSON.parse(text));
    return parsed.success ? (parsed.data as unknown as Message[]) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function attempt<T>(operation: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw toStoreError(operation, error);
  }
}
