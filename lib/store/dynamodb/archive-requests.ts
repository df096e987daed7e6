import { BatchGetCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { FollowUpProgress, Manifest, ManifestExcerpt } from '../../archive/index.ts';
import type { SessionKey } from '../../session/index.ts';
import type { ArchiveStore } from '../archive-store.ts';
import { keys } from './keys.ts';
import { attempt, attemptIf, type Item, itemKey, type Table } from './table.ts';

/** What a manifest has beside its parts: a few bytes each. */
const HEAD = [
  'archive',
  'from',
  'to',
  'recordCount',
  'messageCount',
  'bytes',
  'commitId',
  'sealedAtMs',
  'followUpState',
] as const;

/** The requests whose targets are manifests and chunks. */
export function archiveRequests({ client, name: TableName }: Table): ArchiveStore {
  const putIfAbsent = async (operation: string, Item: Item) =>
    (await attemptIf(operation, () =>
      client.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' })),
    )) !== undefined;

  const get = async (operation: string, key: SessionKey, sk: string) =>
    (
      await attempt(operation, () =>
        client.send(new GetCommand({ TableName, Key: itemKey(key, sk), ConsistentRead: true })),
      )
    ).Item;

  return {
    putChunk: (key, archive, index, chunk) =>
      putIfAbsent('putChunk', { ...itemKey(key, keys.chunk(archive, index)), chunk }),

    async readChunk(key, archive, index) {
      const item = await get('readChunk', key, keys.chunk(archive, index));
      return item?.['chunk'] as Uint8Array | undefined;
    },

    putManifest: (key, { followUp, ...manifest }) =>
      putIfAbsent('putManifest', {
        ...itemKey(key, keys.archive(manifest.archive)),
        ...manifest,
        followUpState: followUp.state,
      }),

    async readManifest(key, archive) {
      const item = await get('readManifest', key, keys.archive(archive));
      return item && toManifest(item);
    },

    async readManifests(key, archives, parts) {
      if (archives.length === 0) return { manifests: [], left: [] };
      const wanted = [...HEAD, ...parts];
      const request = {
        Keys: archives.map((archive) => itemKey(key, keys.archive(archive))),
        ConsistentRead: true,
        ProjectionExpression: wanted.map((name) => `#${name}`).join(', '),
        // Some of the names are reserved words.
        ExpressionAttributeNames: Object.fromEntries(wanted.map((name) => [`#${name}`, name])),
      };
      const { Responses = {}, UnprocessedKeys = {} } = await attempt('readManifests', () =>
        client.send(new BatchGetCommand({ RequestItems: { [TableName]: request } })),
      );
      const unread = new Set((UnprocessedKeys[TableName]?.Keys ?? []).map(({ sk }) => String(sk)));
      return {
        manifests: (Responses[TableName] ?? [])
          .map((item): ManifestExcerpt<(typeof parts)[number]> => toManifest(item))
          .sort((a, b) => a.archive - b.archive),
        left: archives.filter((archive) => unread.has(keys.archive(archive))),
      };
    },

    async recordStep(key, archive, step, result) {
      const answer = await attemptIf('recordStep', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: itemKey(key, keys.archive(archive)),
            UpdateExpression: 'SET #step = :result',
            ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#step)',
            ExpressionAttributeNames: { '#step': step },
            ExpressionAttributeValues: { ':result': result },
          }),
        ),
      );
      return answer !== undefined;
    },

    async setFollowUpState(key, archive, state) {
      await attemptIf('setFollowUpState', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: itemKey(key, keys.archive(archive)),
            UpdateExpression: 'SET followUpState = :state',
            ConditionExpression: 'attribute_exists(pk) AND followUpState <> :completed',
            ExpressionAttributeValues: { ':state': state, ':completed': 'completed' },
          }),
        ),
      );
    },
  };
}

function toManifest(item: Item): Manifest {
  const { pk: _pk, sk: _sk, followUpState, summary, extraction, merge, ...manifest } = item;
  const followUp = {
    state: followUpState,
    ...(summary !== undefined && { summary }),
    ...(extraction !== undefined && { extraction }),
    ...(merge !== undefined && { merge }),
  } as FollowUpProgress;
  return { ...manifest, followUp } as Manifest;
}
