import {
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { AppendKey, LogTombstone, SessionKey } from '../../session/index.ts';
import type { LogStore } from '../log-store.ts';
import { keys } from './keys.ts';
import { recordItem, toEntry, voidItem } from './log-items.ts';
import { attempt, attemptIf, type Item, itemKey, type Table, toSeconds } from './table.ts';

const ABSENT = 'attribute_not_exists(pk)';

/** The requests whose targets are positions of the log and the keys of appends. */
export function logRequests({ client, name: TableName }: Table): LogStore {
  const put = async (operation: string, input: Omit<PutCommandInput, 'TableName'>) =>
    (await attemptIf(operation, () => client.send(new PutCommand({ TableName, ...input })))) !== undefined;

  const get = async (operation: string, key: SessionKey, sk: string) =>
    (
      await attempt(operation, () =>
        client.send(new GetCommand({ TableName, Key: itemKey(key, sk), ConsistentRead: true })),
      )
    ).Item;

  return {
    putRecord: (key, record) =>
      put('putRecord', { Item: recordItem(key, record), ConditionExpression: ABSENT }),

    async readEntry(key, position) {
      const item = await get('readEntry', key, keys.position(position));
      return item && toEntry(item);
    },

    putAppendKey: (key, appendKey, nowMs) =>
      put('putAppendKey', {
        Item: {
          ...itemKey(key, keys.appendKey(appendKey.key)),
          ...appendKey,
          expiresAtSeconds: toSeconds(appendKey.expiresAtMs),
        },
        ConditionExpression: `${ABSENT} OR expiresAtMs <= :now`,
        ExpressionAttributeValues: { ':now': nowMs },
      }),

    async readAppendKey(key, appendKey) {
      const item = await get('readAppendKey', key, keys.appendKey(appendKey));
      return item && toAppendKey(item);
    },

    async moveAppendKey(key, appendKey, fromPosition, toPosition) {
      const answer = await attemptIf('moveAppendKey', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: itemKey(key, keys.appendKey(appendKey)),
            UpdateExpression: 'SET #position = :to',
            ConditionExpression: '#position = :from OR #position = :to',
            ExpressionAttributeNames: { '#position': 'position' },
            ExpressionAttributeValues: { ':from': fromPosition, ':to': toPosition },
          }),
        ),
      );
      return answer !== undefined;
    },

    async readRange(key, { from, to, limit, newestFirst = false }) {
      const { Items = [], LastEvaluatedKey } = await attempt('readRange', () =>
        client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
            ExpressionAttributeValues: {
              ':pk': keys.partition(key),
              ':from': keys.position(from),
              ':to': keys.position(to),
            },
            ConsistentRead: true,
            ScanIndexForward: !newestFirst,
            ...(limit !== undefined && { Limit: limit }),
          }),
        ),
      );
      return { entries: Items.map(toEntry), complete: LastEvaluatedKey === undefined };
    },

    voidPosition: (key, position, expiresAtMs) =>
      put('voidPosition', { Item: voidItem(key, position, expiresAtMs), ConditionExpression: ABSENT }),

    async putTombstones(key, tombstones, expiresAtMs) {
      const requests = tombstones.map(({ kind, position, appendId }) => ({
        PutRequest: {
          Item: {
            ...itemKey(key, keys.position(position)),
            kind,
            appendId,
            expiresAtSeconds: toSeconds(expiresAtMs),
          },
        },
      }));
      const { UnprocessedItems = {} } = await attempt('putTombstones', () =>
        client.send(new BatchWriteCommand({ RequestItems: { [TableName]: requests } })),
      );
      return (UnprocessedItems[TableName] ?? []).map(
        ({ PutRequest }) => toEntry(PutRequest?.Item ?? {}) as LogTombstone,
      );
    },
  };
}

function toAppendKey({ pk: _pk, sk: _sk, expiresAtSeconds: _ttl, ...attributes }: Item): AppendKey {
  return attributes as unknown as AppendKey;
}
