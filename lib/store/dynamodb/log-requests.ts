import { BatchWriteCommand, PutCommand, type PutCommandInput, QueryCommand } from '@aws-sdk/lib-dynamodb';
import {
  appendKeyItem,
  logItem,
  partitions,
  sortKeys,
  toAppendKeyItem,
  toRecordItem,
  toTombstoneItem,
  toVoidItem,
} from '../../table/index.ts';
import type { LogStore } from '../log-store.ts';
import { attempt, attemptIf, getItem, type Table } from './table.ts';

const ABSENT = 'attribute_not_exists(pk)';

/** The requests whose targets are positions of the log and the keys of appends. */
export function logRequests(table: Table): LogStore {
  const { client, name: TableName } = table;
  const put = async (operation: string, input: Omit<PutCommandInput, 'TableName'>) =>
    (await attemptIf(operation, () => client.send(new PutCommand({ TableName, ...input })))) !== undefined;

  return {
    putRecord: (key, record) =>
      put('putRecord', { Item: toRecordItem(key, record), ConditionExpression: ABSENT }),

    async readEntry(key, position) {
      const item = await getItem(table, 'readEntry', key, sortKeys.position(position));
      return item && logItem.read(item);
    },

    putAppendKey: (key, appendKey, nowMs) =>
      put('putAppendKey', {
        Item: toAppendKeyItem(key, appendKey),
        ConditionExpression: `${ABSENT} OR expiresAtMs <= :now`,
        ExpressionAttributeValues: { ':now': nowMs },
      }),

    async readAppendKey(key, appendKey) {
      const item = await getItem(table, 'readAppendKey', key, sortKeys.appendKey(appendKey));
      return item && appendKeyItem.read(item);
    },

    moveAppendKey: (key, appendKey, fromPosition) =>
      put('moveAppendKey', {
        Item: toAppendKeyItem(key, appendKey),
        ConditionExpression: '#position IN (:from, :to)',
        ExpressionAttributeNames: { '#position': 'position' },
        ExpressionAttributeValues: { ':from': fromPosition, ':to': appendKey.position },
      }),

    async readRange(key, { from, to, limit, newestFirst = false }) {
      const { Items = [], LastEvaluatedKey } = await attempt('readRange', () =>
        client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
            ExpressionAttributeValues: {
              ':pk': partitions.session(key),
              ':from': sortKeys.position(from),
              ':to': sortKeys.position(to),
            },
            ConsistentRead: true,
            ScanIndexForward: !newestFirst,
            ...(limit !== undefined && { Limit: limit }),
          }),
        ),
      );
      return { entries: Items.map(logItem.read), complete: LastEvaluatedKey === undefined };
    },

    voidPosition: (key, position, expiresAtMs) =>
      put('voidPosition', { Item: toVoidItem(key, position, expiresAtMs), ConditionExpression: ABSENT }),

    async putTombstones(key, tombstones, expiresAtMs) {
      const requests = tombstones.map((tombstone) => ({
        PutRequest: { Item: toTombstoneItem(key, tombstone, expiresAtMs) },
      }));
      const { UnprocessedItems = {} } = await attempt('putTombstones', () =>
        client.send(new BatchWriteCommand({ RequestItems: { [TableName]: requests } })),
      );
      const left = new Set(
        (UnprocessedItems[TableName] ?? []).map(({ PutRequest }) => PutRequest?.Item?.['sk']),
      );
      return tombstones.filter(({ position }) => left.has(sortKeys.position(position)));
    },
  };
}
