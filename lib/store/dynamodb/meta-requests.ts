import { PutCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { SessionKey } from '../../session/index.ts';
import {
  checkShardKey,
  type Item,
  isDeletedItem,
  metaItem,
  sessionItemKey,
  sortKeys,
  toMetaItem,
} from '../../table/index.ts';
import { FenceRejectedError, SessionNotFoundError } from '../errors.ts';
import type { MetaStore } from '../meta-store.ts';
import { shardOf } from '../shard-of.ts';
import { FORGET_CHECK, REMOVE_CHECK } from './check-requests.ts';
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
      const Item = toMetaItem(key, {
        ...settings,
        nextSeq: 1,
        appendedMessages: 0,
        appendedTokens: 0,
        committedThrough: 0,
        archiveCount: 0,
        fence: 0,
      });
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
      const { autoCommit, ...others } = settings;
      const set = {
        ...others,
        ...(autoCommit && {
          autoCommit: autoCommit.policy,
          checkAtMs: autoCommit.checkAtMs,
          checkShard: checkShardKey(shardOf(key)),
        }),
      };
      const removed = autoCommit === null ? `${REMOVE_CHECK}, autoCommit` : autoCommit ? FORGET_CHECK : '';
      const attributes = await updateExisting(key, 'updateSettings', {
        ...setAttributes(set, removed),
        ReturnValues: 'ALL_NEW',
      });
      return metaItem.read(attributes);
    },

    async takePosition(key, { messages, tokens }) {
      const attributes = await updateExisting(key, 'takePosition', {
        UpdateExpression: 'ADD nextSeq :one, appendedMessages :messages, appendedTokens :tokens',
        ExpressionAttributeValues: { ':one': 1, ':messages': messages, ':tokens': tokens },
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

function setAttributes(values: Item, andThen: string): Partial<UpdateCommandInput> {
  const names = Object.keys(values);
  const set = `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`;
  return {
    UpdateExpression: names.length > 0 ? `${set} ${andThen}` : andThen,
    ...(names.length > 0 && {
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, values[name]])),
    }),
  };
}
