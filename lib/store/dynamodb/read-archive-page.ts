import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { SessionKey } from '../../session/index.ts';
import {
  chunkItem,
  fromSortKey,
  type Item,
  isClosedItem,
  manifestHeadAttributes,
  manifestItem,
  partitions,
  sortKeyRanges,
} from '../../table/index.ts';
import type { ArchiveItem, ArchivePage, ArchivesThrough } from '../archive-store.ts';
import { beforeArchiveItem } from '../before-archive-item.ts';
import { attempt, type Table } from './table.ts';

/** Neither summaries nor memories: they are read, and paid for, but not sent. */
const ATTRIBUTES = [...manifestHeadAttributes, 'chunks', 'chunk'];

/** One query for manifests and chunks, the newest first. @throws StoreUnavailableError, StoreRefusedError. */
export async function readArchivePage(
  { client, name: TableName }: Table,
  key: SessionKey,
  { archive, chunks }: ArchivesThrough,
): Promise<ArchivePage> {
  const { from, to } = sortKeyRanges.archivesThrough(archive, chunks);
  const { Items = [], LastEvaluatedKey } = await attempt('readArchives', () =>
    client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': partitions.session(key), ':from': from, ':to': to },
        ProjectionExpression: ATTRIBUTES.map((name) => `#${name}`).join(', '),
        // Some of the names are reserved words.
        ExpressionAttributeNames: Object.fromEntries(ATTRIBUTES.map((name) => [`#${name}`, name])),
        ConsistentRead: true,
        ScanIndexForward: false,
      }),
    ),
  );
  const last = LastEvaluatedKey && placeOf(String(LastEvaluatedKey['sk']));
  const rest = last && beforeArchiveItem(last);
  return { items: Items.filter((item) => !isClosedItem(item)).map(toArchiveItem), ...(rest && { rest }) };
}

function placeOf(sk: string): { readonly archive: number; readonly index?: number } {
  const archive = fromSortKey.archive(sk);
  return fromSortKey.kind(sk) === 'CHUNK' ? { archive, index: fromSortKey.chunkIndex(sk) } : { archive };
}

function toArchiveItem(item: Item): ArchiveItem {
  const { archive, index } = placeOf(String(item['sk']));
  return index === undefined
    ? { kind: 'manifest', archive, manifest: manifestItem.read(item) }
    : { kind: 'chunk', archive, index, stored: chunkItem.read(item) };
}
