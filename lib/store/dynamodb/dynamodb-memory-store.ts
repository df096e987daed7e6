import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type MemoryStore, type ScopeKey, subjectName, toMemoryStoreError } from '../../memory/index.ts';
import {
  attempts,
  fromSortKey,
  type Item,
  memoryAttributes,
  memoryItem,
  partitions,
  scopeItem,
  scopeItemKey,
  sortKeyRanges,
  sortKeys,
  sourceItem,
  statementItem,
} from '../../table/index.ts';
import { projection } from './projection.ts';
import { toChangeItems } from './to-change-items.ts';

const { attempt, attemptIf, attemptTransaction } = attempts(toMemoryStoreError);

/**
 * Memories as items of a DynamoDB table keyed `pk` and `sk`. Its methods throw MemoryStoreUnavailableError, and
 * MemoryStoreRefusedError for what no repetition can mend; those that read, ItemUnreadableError and ItemTooNewError.
 */
export function dynamodbMemoryStore(options: {
  client: DynamoDBDocumentClient;
  tableName: string;
}): MemoryStore {
  const { client, tableName: TableName } = options;

  /** @param after the sort key behind which the page begins. */
  async function query(
    operation: string,
    scope: ScopeKey,
    { prefix, after, ...rest }: { prefix: string; after?: string | undefined } & Partial<QueryCommandInput>,
  ): Promise<{ items: Item[]; last: string | undefined }> {
    const { Items = [], LastEvaluatedKey } = await attempt(operation, () =>
      client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': partitions.memories(scope), ':prefix': prefix },
          ConsistentRead: true,
          ...rest,
          ...(after !== undefined && { ExclusiveStartKey: scopeItemKey(scope, after) }),
        }),
      ),
    );
    return { items: Items, last: LastEvaluatedKey && String(LastEvaluatedKey['sk']) };
  }

  return {
    async readMemories(scope, subjects) {
      const Keys = [sortKeys.scope, ...subjects.map((subject) => sortKeys.memory(subjectName(subject)))].map(
        (sk) => scopeItemKey(scope, sk),
      );
      const { Responses = {}, UnprocessedKeys = {} } = await attempt('readMemories', () =>
        client.send(
          new BatchGetCommand({
            RequestItems: {
              [TableName]: { Keys, ConsistentRead: true, ...projection([...memoryAttributes, 'erasedAtMs']) },
            },
          }),
        ),
      );
      const missed = new Set((UnprocessedKeys[TableName]?.Keys ?? []).map(({ sk }) => String(sk)));
      // Without the scope, nothing that was read can be relied on.
      if (missed.has(sortKeys.scope)) return { memories: [], left: subjects };
      const items: Item[] = Responses[TableName] ?? [];
      const marked = items.find(({ sk }) => sk === sortKeys.scope);
      return {
        memories: items.filter((item) => item !== marked).map(memoryItem.read),
        left: subjects.filter((subject) => missed.has(sortKeys.memory(subjectName(subject)))),
        ...(marked && scopeItem.read(marked)),
      };
    },

    async listMemories(scope, { limit, after, category, mayBeStale = false }) {
      const { items, last } = await query('listMemories', scope, {
        prefix: sortKeyRanges.memories(category),
        ConsistentRead: !mayBeStale,
        ...projection(memoryAttributes),
        ...(limit !== undefined && { Limit: limit }),
        after: after === undefined ? undefined : sortKeys.memory(after),
      });
      return {
        memories: items.map(memoryItem.read),
        ...(last !== undefined && { nextAfter: fromSortKey.memoryName(last) }),
      };
    },

    async listStatements(scope, subject, { limit, after }) {
      const { items, last } = await query('listStatements', scope, {
        prefix: sortKeyRanges.statementsOf(subjectName(subject)),
        ScanIndexForward: false,
        ...(limit !== undefined && { Limit: limit }),
        after: after === undefined ? undefined : sortKeys.statement(after),
      });
      return {
        statements: items.map(statementItem.read),
        ...(last !== undefined && { nextAfter: fromSortKey.statementName(last) }),
      };
    },

    async listStatementNames(scope, { limit, after }) {
      const { items, last } = await query('listStatementNames', scope, {
        prefix: sortKeyRanges.statements,
        ProjectionExpression: 'sk',
        Limit: limit,
        after: after === undefined ? undefined : sortKeys.statement(after),
      });
      return {
        names: items.map(({ sk }) => fromSortKey.statementName(String(sk))),
        ...(last !== undefined && { nextAfter: fromSortKey.statementName(last) }),
      };
    },

    async readStatements(scope, names) {
      if (names.length === 0) return { statements: [], left: [] };
      const Keys = names.map((name) => scopeItemKey(scope, sortKeys.statement(name)));
      const { Responses = {}, UnprocessedKeys = {} } = await attempt('readStatements', () =>
        client.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } })),
      );
      const unread = UnprocessedKeys[TableName]?.Keys ?? [];
      return {
        statements: (Responses[TableName] ?? []).map(statementItem.read),
        left: unread.map(({ sk }) => fromSortKey.statementName(String(sk))),
      };
    },

    async listSources(scope, session, { author, after }) {
      const { items, last } = await query('listSources', scope, {
        prefix: sortKeyRanges.sourcesOf(session, author),
        after,
      });
      return { sources: items.map(sourceItem.read), ...(last !== undefined && { nextAfter: last }) };
    },

    async change(scope, change) {
      const items = toChangeItems(TableName, scope, change);
      if (items.length === 0) return 'done';
      const TransactItems = items.map(({ write }) => write);
      const answer = await attemptTransaction('change', () =>
        client.send(new TransactWriteCommand({ TransactItems })),
      );
      if (answer.done) return 'done';
      const refusals = new Set(answer.failed.map((index) => items[index]?.refusal));
      // What ends a merge goes before what has it repeated.
      if (refusals.has('archive-changed')) return 'archive-changed';
      if (refusals.has('scope-erased')) return 'scope-erased';
      return refusals.has('session-erased') ? 'session-erased' : 'memory-changed';
    },

    async markErased(scope, erasedAtMs) {
      const Key = scopeItemKey(scope, sortKeys.scope);
      const answer = await attemptIf('markErased', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key,
            UpdateExpression: 'SET erasedAtMs = :at',
            ConditionExpression: 'attribute_not_exists(erasedAtMs) OR erasedAtMs < :at',
            ExpressionAttributeValues: { ':at': erasedAtMs },
          }),
        ),
      );
      if (answer) return erasedAtMs;
      // Another was sooner, at a later time.
      const { Responses = {} } = await attempt('markErased', () =>
        client.send(
          new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [Key], ConsistentRead: true } } }),
        ),
      );
      const [item] = Responses[TableName] ?? [];
      return item ? scopeItem.read(item).erasedAtMs : erasedAtMs;
    },

    async markSessionErased(scope, session) {
      const Item = scopeItemKey(scope, sortKeys.erasedSession(session));
      await attempt('markSessionErased', () => client.send(new PutCommand({ TableName, Item })));
    },
  };
}
