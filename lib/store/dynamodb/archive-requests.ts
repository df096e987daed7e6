import { BatchGetCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { FollowUpProgress, Manifest } from '../../archive/index.ts';
import type { SessionKey } from '../../session/index.ts';
import { StoreUnavailableError } from '../errors.ts';
import type { SessionStore } from '../session-store.ts';
import { keys } from './keys.ts';
import { attempt, attemptIf, type Item, itemKey, type Table } from './table.ts';

type ArchiveRequests = Pick<
  SessionStore,
  | 'putChunk'
  | 'readChunk'
  | 'putManifest'
  | 'readManifest'
  | 'readManifests'
  | 'recordStep'
  | 'setFollowUpState'
>;

/** The requests whose targets are manifests and chunks. */
export function archiveRequests({ client, name: TableName }: Table): ArchiveRequests {
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

    async readManifests(key, archives) {
      if (archives.length === 0) return [];
      const Keys = archives.map((archive) => itemKey(key, keys.archive(archive)));
      const { Responses = {}, UnprocessedKeys = {} } = await attempt('readManifests', () =>
        client.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } })),
      );
      const missed = UnprocessedKeys[TableName]?.Keys?.length ?? 0;
      if (missed > 0) throw new StoreUnavailableError('readManifests', new Error(`${missed} were not read`));
      return (Responses[TableName] ?? []).map(toManifest).sort((a, b) => a.archive - b.archive);
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
