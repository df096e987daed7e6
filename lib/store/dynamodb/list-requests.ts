import { BatchGetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { SessionKey } from '../../session/index.ts';
import {
  commitItem,
  type Item,
  type ItemKind,
  isDeletedItem,
  isItemError,
  listedCommitItem,
  listedRange,
  listedSessionItem,
  listIndexes,
  listPartitions,
  metaItem,
  sessionItemKey,
  sortKeys,
} from '../../table/index.ts';
import type { CommitKey, ListPage, ListStore } from '../list-store.ts';
import { attempt, type Table } from './table.ts';

const { lists, scopes } = listIndexes;

/** The requests about lists of sessions and commits. None of them is strongly consistent, as indexes are not. */
export function listRequests({ client, name: TableName }: Table): ListStore {
  /** The page's first place is that of the entry that it comes after, which is left out. */
  async function query<Entry extends { readonly mark: string }>(
    operation: string,
    index: (typeof listIndexes)[keyof typeof listIndexes],
    { partition, range }: { readonly partition: string; readonly range: { from: string; to: string } },
    { limit, after }: ListPage,
    kind: ItemKind<Entry>,
  ) {
    const { Items = [], LastEvaluatedKey } = await attempt(operation, () =>
      client.send(
        new QueryCommand({
          TableName,
          IndexName: index.name,
          KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :to',
          ExpressionAttributeNames: { '#partition': index.partition, '#sort': index.sort },
          ExpressionAttributeValues: { ':partition': partition, ':from': range.from, ':to': range.to },
          ScanIndexForward: false,
          Limit: limit + 1,
        }),
      ),
    );
    const entries = Items.map(kind.read).filter(({ mark }) => mark !== after);
    return {
      entries: entries.slice(0, limit),
      complete: LastEvaluatedKey === undefined && entries.length <= limit,
    };
  }

  async function readItems<Key extends SessionKey, Read>(
    operation: string,
    keys: readonly Key[],
    kind: ItemKind<Read>,
    sortKeyOf: (key: Key) => string,
  ) {
    const nameOf = ({ pk, sk }: Item) => `${pk} ${sk}`;
    const byName = new Map(keys.map((key) => [nameOf({ ...sessionItemKey(key, sortKeyOf(key)) }), key]));
    const Keys = keys.map((key) => ({ ...sessionItemKey(key, sortKeyOf(key)) }));
    const { Responses = {}, UnprocessedKeys = {} } = await attempt(operation, () =>
      client.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys } } })),
    );
    const keyOf = (item: Item): Key[] => {
      const key = byName.get(nameOf(item));
      return key ? [key] : [];
    };
    return {
      found: (Responses[TableName] ?? [])
        .filter((item) => !isDeletedItem(item))
        .flatMap((item) => keyOf(item).map((key) => ({ key, ...readOrNothing(kind, item) }))),
      left: (UnprocessedKeys[TableName]?.Keys ?? []).flatMap(keyOf),
    };
  }

  return {
    async listSessions(list, page) {
      const range = listedRange.sessions(list.tenant, page.after);
      return 'scope' in list
        ? query('listSessions', scopes, { partition: list.scope, range }, page, listedSessionItem)
        : query(
            'listSessions',
            lists,
            { partition: listPartitions.sessions(list.tenant, list.shard), range },
            page,
            listedSessionItem,
          );
    },

    async listCommits(key, page) {
      const place = { partition: listPartitions.commits(key), range: listedRange.commits(page.after) };
      const { entries, complete } = await query('listCommits', lists, place, page, listedCommitItem);
      return { entries: entries.map(({ commitId, mark }) => ({ key: commitId, mark })), complete };
    },

    readSessions: (keys) => readItems('readSessions', keys, metaItem, () => sortKeys.meta),

    readCommits: (commits) =>
      readItems('readCommits', commits, commitItem, ({ commitId }: CommitKey) => sortKeys.commit(commitId)),
  };
}

function readOrNothing<Read>(kind: ItemKind<Read>, item: Item): { readonly item?: Read } {
  const read = kind.inspect(item);
  return isItemError(read) ? {} : { item: read };
}
