import { BatchGetCommand, PutCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { type ManifestExcerpt, type ManifestPart, withoutMemories } from '../../archive/index.ts';
import type { SessionKey } from '../../session/index.ts';
import {
  chunkItem,
  type Item,
  isClosedItem,
  manifestHeadAttributes,
  manifestHeadItem,
  manifestItem,
  sessionItemKey,
  sortKeys,
  toChunkItem,
  toManifestItem,
} from '../../table/index.ts';
import type { ArchiveStore } from '../archive-store.ts';
import { againUpdate, IS_OPEN, stepUpdate } from './manifest-updates.ts';
import { projection } from './projection.ts';
import { readArchivePage } from './read-archive-page.ts';
import { attempt, attemptIf, getItem, type Table } from './table.ts';

/** Memories only go from an extraction, so that as many as before are the same. Not every emulator compares whole lists. */
const hasAsMany = (path: string, count: number) =>
  `attribute_exists(${path}[${count - 1}]) AND attribute_not_exists(${path}[${count}])`;

/** The requests whose targets are manifests and chunks. */
export function archiveRequests(table: Table): ArchiveStore {
  const { client, name: TableName } = table;
  const putIfAbsent = async (operation: string, Item: Record<string, unknown>) =>
    (await attemptIf(operation, () =>
      client.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' })),
    )) !== undefined;

  const record = async (
    operation: string,
    key: SessionKey,
    archive: number,
    input: Partial<UpdateCommandInput>,
  ) => {
    const Key = sessionItemKey(key, sortKeys.archive(archive));
    const answer = await attemptIf(operation, () =>
      client.send(new UpdateCommand({ TableName, Key, ...input })),
    );
    return answer !== undefined;
  };

  return {
    putChunk: (key, archive, index, chunk) =>
      putIfAbsent('putChunk', toChunkItem(key, archive, index, chunk)),

    async readChunk(key, archive, index) {
      const item = await getItem(table, 'readChunk', key, sortKeys.chunk(archive, index));
      return item && !isClosedItem(item) ? chunkItem.read(item) : undefined;
    },

    putManifest: (key, manifest) => putIfAbsent('putManifest', toManifestItem(key, manifest)),

    async readManifest(key, archive) {
      const item = await getItem(table, 'readManifest', key, sortKeys.archive(archive));
      return item && !isClosedItem(item) ? manifestItem.read(item) : undefined;
    },

    async readManifests(key, archives, parts) {
      if (archives.length === 0) return { manifests: [], left: [] };
      const wanted = [...manifestHeadAttributes, ...parts];
      const request = {
        Keys: archives.map((archive) => sessionItemKey(key, sortKeys.archive(archive))),
        ConsistentRead: true,
        ...projection(wanted),
      };
      const { Responses = {}, UnprocessedKeys = {} } = await attempt('readManifests', () =>
        client.send(new BatchGetCommand({ RequestItems: { [TableName]: request } })),
      );
      const unread = new Set((UnprocessedKeys[TableName]?.Keys ?? []).map(({ sk }) => String(sk)));
      return {
        manifests: (Responses[TableName] ?? [])
          .filter((item) => !isClosedItem(item))
          .map((item) => excerptOf(item, parts))
          .sort((a, b) => a.archive - b.archive),
        left: archives.filter((archive) => unread.has(sortKeys.archive(archive))),
      };
    },

    readArchives: (key, through) => readArchivePage(table, key, through),

    recordStep: (key, archive, step, result) => record('recordStep', key, archive, stepUpdate(step, result)),

    recordMerge: (key, archive, result) =>
      record('recordMerge', key, archive, {
        ...stepUpdate('merge', result),
        UpdateExpression: 'SET #step = :result, extraction.memories = :none',
        ExpressionAttributeValues: { ':result': result, ':none': [] },
      }),

    recordAgain: (key, archive, again) => record('recordAgain', key, archive, againUpdate(again)),

    leaveMemories: (key, archive, { step, before, memories }) => {
      const path = step === 'again' ? 'again.extraction.memories' : 'extraction.memories';
      return record('leaveMemories', key, archive, {
        UpdateExpression: `SET ${path} = :memories`,
        ConditionExpression: `${IS_OPEN} AND ${hasAsMany(path, before.length)}`,
        ExpressionAttributeValues: { ':memories': memories },
      });
    },

    async failAgain(key, archive, id, failure) {
      const answer = await attemptIf('failAgain', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: sessionItemKey(key, sortKeys.archive(archive)),
            UpdateExpression: 'SET again.failure = :failure',
            ConditionExpression: `${IS_OPEN} AND again.id = :id`,
            ExpressionAttributeValues: { ':id': id, ':failure': failure },
          }),
        ),
      );
      return answer !== undefined;
    },

    async recordReplaced(key, archive, { id, extraction }, merge) {
      const answer = await attemptIf('recordReplaced', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: sessionItemKey(key, sortKeys.archive(archive)),
            UpdateExpression: 'SET extraction = :extraction, #merge = :merge REMOVE again',
            ConditionExpression: `${IS_OPEN} AND again.id = :id`,
            ExpressionAttributeNames: { '#merge': 'merge' },
            ExpressionAttributeValues: {
              ':id': id,
              ':extraction': withoutMemories(extraction),
              ':merge': merge,
            },
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
            Key: sessionItemKey(key, sortKeys.archive(archive)),
            UpdateExpression: 'SET followUpState = :state',
            ConditionExpression: `${IS_OPEN} AND followUpState <> :completed`,
            ExpressionAttributeValues: { ':state': state, ':completed': 'completed' },
          }),
        ),
      );
    },
  };
}

function excerptOf<Part extends ManifestPart>(item: Item, parts: readonly Part[]): ManifestExcerpt<Part> {
  const hasChunks = parts.some((part) => part === 'chunks');
  // What was not asked for is not there; that a part of another type was, the compiler cannot follow.
  return (hasChunks ? manifestItem : manifestHeadItem).read(item) as ManifestExcerpt<Part>;
}
