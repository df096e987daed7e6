import { PutCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { SessionKey } from '../../session/index.ts';
import {
  checkShardKey,
  type Item,
  isDeletedItem,
  metaItem,
  sessionItemKey,
  sessionListing,
  sortKeys,
  storedRestriction,
  toMetaItem,
} from '../../table/index.ts';
import { CHECK_SHARDS } from '../check-store.ts';
import { FenceRejectedError, SessionNotFoundError } from '../errors.ts';
import { LIST_SHARDS } from '../list-store.ts';
import type { MetaStore } from '../meta-store.ts';
import { shardOf } from '../shard-of.ts';
import { checkAttributes } from './check-requests.ts';
import { attemptIf, getItem, type Table } from './table.ts';

const SESSION_EXISTS = 'attribute_exists(nextSeq)';
const FENCE_IS_MINE = 'fence = :fence';
const NOTHING_ELSE_IS_SEALED = '(attribute_not_exists(sealed) OR sealed.#archive = :archive)';

/** The requests whose target is META. */
export function metaRequests(table: Table): MetaStore {
  const { client, name: TableName } = table;
  const update = (key: SessionKey, operation: string, input: Omit<UpdateCommandInput, 'TableName' | 'Key'>) =>
    attemptIf(operation, () =>
      client.send(new UpdateCommand({ TableName, Key: sessionItemKey(key, sortKeys.meta), ...input })),
    );

  async function updateExisting(
    key: SessionKey,
    operation: string,
    input: Omit<UpdateCommandInput, 'TableName' | 'Key' | 'ConditionExpression'>,
  ) {
    const answer = await update(key, operation, { ...input, ConditionExpression: SESSION_EXISTS });
    if (!answer) throw new SessionNotFoundError(key);
    return answer.Attributes ?? {};
  }

  async function updateFenced(
    key: SessionKey,
    fence: number,
    operation: string,
    { ConditionExpression = FENCE_IS_MINE, ExpressionAttributeValues, ...input }: Partial<UpdateCommandInput>,
  ) {
    const answer = await update(key, operation, {
      ...input,
      ConditionExpression,
      ExpressionAttributeValues: { ...ExpressionAttributeValues, ':fence': fence },
    });
    if (!answer) throw new FenceRejectedError(key, fence);
  }

  return {
    async createSession(key, settings) {
      const { createdAtMs: activeAtMs } = settings;
      const meta = {
        ...settings,
        activeAtMs,
        nextSeq: 1,
        appendedMessages: 0,
        appendedTokens: 0,
        committedThrough: 0,
        archiveCount: 0,
        fence: 0,
      };
      const Item = toMetaItem(key, meta, listingOf(key, activeAtMs));
      const answer = await attemptIf('createSession', () =>
        client.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' })),
      );
      return answer !== undefined;
    },

    async readMeta(key) {
      const item = await getItem(table, 'readMeta', key, sortKeys.meta);
      return item && !isDeletedItem(item) ? metaItem.read(item) : undefined;
    },

    async updateSettings(key, settings) {
      const { scope, title, memoryCategories, autoCommit, ...others } = settings;
      const set = {
        ...others,
        ...(scope && { scope: scope.to, formerScopes: scope.formerScopes }),
        ...(typeof title === 'string' && { title }),
        ...(memoryCategories !== undefined && { memoryCategories: storedRestriction(memoryCategories) }),
        ...(autoCommit && {
          autoCommit: autoCommit.policy,
          checkAtMs: autoCommit.checkAtMs,
          checkShard: checkShardKey(shardOf(key, CHECK_SHARDS)),
        }),
      };
      const removed = [
        ...(title === null ? ['title'] : []),
        ...(autoCommit === null ? [...checkAttributes, 'autoCommit'] : autoCommit ? ['checkedNextSeq'] : []),
      ];
      const input = { ...changeAttributes(set, removed), ReturnValues: 'ALL_NEW' } as const;
      if (!scope) return metaItem.read(await updateExisting(key, 'updateSettings', input));
      const answer = await update(key, 'updateSettings', {
        ...input,
        ConditionExpression: `${SESSION_EXISTS} AND #scope = :before`,
        ExpressionAttributeValues: { ...input.ExpressionAttributeValues, ':before': scope.from },
      });
      return answer && metaItem.read(answer.Attributes ?? {});
    },

    async takePosition(key, { messages, tokens }, activeAtMs) {
      const { listedIn, listedAt } = listingOf(key, activeAtMs);
      const attributes = await updateExisting(key, 'takePosition', {
        // In most appends the keys of the lists keep their values: then nothing is written in the indexes.
        UpdateExpression:
          'SET activeAtMs = :at, listedIn = :in, listedAt = :place ' +
          'ADD nextSeq :one, appendedMessages :messages, appendedTokens :tokens',
        ExpressionAttributeValues: {
          ':at': activeAtMs,
          ':in': listedIn,
          ':place': listedAt,
          ':one': 1,
          ':messages': messages,
          ':tokens': tokens,
        },
        ReturnValues: 'ALL_NEW',
      });
      const meta = metaItem.read(attributes);
      return { position: meta.nextSeq - 1, meta };
    },

    async claim(key) {
      const attributes = await updateExisting(key, 'claim', {
        UpdateExpression: 'ADD fence :one',
        ExpressionAttributeValues: { ':one': 1 },
        ReturnValues: 'ALL_NEW',
      });
      return metaItem.read(attributes);
    },

    seal: (key, fence, seal) =>
      updateFenced(key, fence, 'seal', {
        UpdateExpression: 'SET sealed = :sealed, committedThrough = :to, archiveCount = :archive',
        ConditionExpression: `${FENCE_IS_MINE} AND ${NOTHING_ELSE_IS_SEALED}`,
        ExpressionAttributeNames: { '#archive': 'archive' },
        ExpressionAttributeValues: { ':sealed': seal, ':to': seal.to, ':archive': seal.archive },
      }),

    unseal: (key, fence) => updateFenced(key, fence, 'unseal', { UpdateExpression: 'REMOVE sealed' }),

    async rememberRequest(key, requested) {
      await update(key, 'rememberRequest', {
        UpdateExpression: 'SET requested = :requested',
        ConditionExpression: `${SESSION_EXISTS} AND (attribute_not_exists(requested) OR requested.through <= :through)`,
        ExpressionAttributeValues: { ':requested': requested, ':through': requested.through },
      });
    },
  };
}

const listingOf = (key: SessionKey, activeAtMs: number) =>
  sessionListing(key, shardOf(key, LIST_SHARDS), activeAtMs);

function changeAttributes(values: Item, removed: readonly string[]): Partial<UpdateCommandInput> {
  const names = Object.keys(values);
  const set = `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`;
  const remove = `REMOVE ${removed.join(', ')}`;
  return {
    UpdateExpression: [...(names.length > 0 ? [set] : []), ...(removed.length > 0 ? [remove] : [])].join(' '),
    ...(names.length > 0 && {
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, values[name]])),
    }),
  };
}
