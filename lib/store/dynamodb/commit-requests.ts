import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type CommitChange, type CommitRetry, commitTransitions, entryOf } from '../../session/index.ts';
import {
  checkShardKey,
  commitItem,
  commitListing,
  expiryAttribute,
  sessionItemKey,
  sortKeys,
  toCommitItem,
} from '../../table/index.ts';
import { CHECK_SHARDS } from '../check-store.ts';
import type { CommitStatusStore } from '../commit-status-store.ts';
import { shardOf } from '../shard-of.ts';
import { attemptIf, getItem, type Table } from './table.ts';

/** What a commit that has no status yet is given by its first change. */
const initialValues = [
  'commitId = :commitId',
  'keepRecent = if_not_exists(keepRecent, :keepRecent)',
  'requestedAtMs = if_not_exists(requestedAtMs, :requestedAtMs)',
  'expiresAtSeconds = if_not_exists(expiresAtSeconds, :expiresAtSeconds)',
  'listedIn = :listedIn',
  'listedAt = if_not_exists(listedAt, :listedAt)',
];

/** What puts a commit into the index of scheduled checks. */
const CHECK = 'checkShard, checkAtMs';

type Seen = CommitRetry['seen'];

/** The requests whose targets are the statuses of commits. */
export function commitRequests(table: Table): CommitStatusStore {
  const { client, name: TableName } = table;
  return {
    async putCommit(key, commit, expiresAtMs) {
      const Item = toCommitItem(key, commit, expiresAtMs);
      const answer = await attemptIf('putCommit', () =>
        client.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' })),
      );
      return answer !== undefined;
    },

    async readCommit(key, commitId) {
      const item = await getItem(table, 'readCommit', key, sortKeys.commit(commitId));
      return item && commitItem.read(item);
    },

    async changeCommit(key, commitId, change, created) {
      const { from, to } = commitTransitions[change.transition];
      const listing = created && commitListing(key, { commitId, ...created });
      const answer = await attemptIf('changeCommit', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: sessionItemKey(key, sortKeys.commit(commitId)),
            UpdateExpression: [
              'SET #state = :to, #timeline = list_append(if_not_exists(#timeline, :none), :entries)',
              ...(created ? initialValues : []),
              ...(change.archive !== undefined ? ['#archive = :archive'] : []),
            ].join(', '),
            ConditionExpression: created
              ? `attribute_not_exists(#state) OR (${changeApplies(change)})`
              : changeApplies(change),
            ExpressionAttributeNames: namesOf(change),
            ExpressionAttributeValues: {
              ':to': to,
              ':none': [],
              ':entries': [entryOf(change)],
              ...(listing && {
                ':commitId': commitId,
                ':keepRecent': created.keepRecent,
                ':requestedAtMs': created.requestedAtMs,
                ':expiresAtSeconds': expiryAttribute(created.expiresAtMs).expiresAtSeconds,
                ':listedIn': listing.listedIn,
                ':listedAt': listing.listedAt,
              }),
              ...(change.archive !== undefined && { ':archive': change.archive }),
              ...Object.fromEntries(from.map((state, index) => [`:from${index}`, state])),
            },
          }),
        ),
      );
      return answer !== undefined;
    },

    async retryCommit(key, commitId, { transition, seen, timeline }) {
      const answer = await attemptIf('retryCommit', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: sessionItemKey(key, sortKeys.commit(commitId)),
            UpdateExpression: `SET #state = :to, #timeline = :timeline REMOVE lastAttemptUntilMs, lastAttemptOf, ${CHECK}`,
            ConditionExpression: isAsSeen(seen),
            ExpressionAttributeNames: { '#state': 'state', '#timeline': 'timeline' },
            ExpressionAttributeValues: {
              ':to': commitTransitions[transition].to,
              ':timeline': timeline,
              ...valuesSeen(seen),
            },
          }),
        ),
      );
      return answer !== undefined;
    },

    async recordDeath(key, commitId, { transition, seen, checkAtMs, entry }) {
      const answer = await attemptIf('recordDeath', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: sessionItemKey(key, sortKeys.commit(commitId)),
            UpdateExpression: `SET #state = :to, #timeline = list_append(#timeline, :new) REMOVE ${CHECK}`,
            ConditionExpression: `${isAsSeen(seen)} AND checkAtMs = :check`,
            ExpressionAttributeNames: { '#state': 'state', '#timeline': 'timeline' },
            ExpressionAttributeValues: {
              ':to': commitTransitions[transition].to,
              ':new': [entryOf({ transition, entry })],
              ':check': checkAtMs,
              ...valuesSeen(seen),
            },
          }),
        ),
      );
      return answer !== undefined;
    },

    async noteLastAttempt(key, commitId, { of, untilMs, checkAtMs }) {
      await attemptIf('noteLastAttempt', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: sessionItemKey(key, sortKeys.commit(commitId)),
            UpdateExpression:
              'SET lastAttemptUntilMs = :until, lastAttemptOf = :of, checkShard = :shard, checkAtMs = :check',
            ConditionExpression: `attribute_exists(pk)${of === 'commit' ? ' AND attribute_not_exists(#archive)' : ''}`,
            ...(of === 'commit' && { ExpressionAttributeNames: { '#archive': 'archive' } }),
            ExpressionAttributeValues: {
              ':until': untilMs,
              ':of': of,
              ':shard': checkShardKey(shardOf(key, CHECK_SHARDS)),
              ':check': checkAtMs,
            },
          }),
        ),
      );
    },

    async addToTimeline(key, commitId, entry) {
      await attemptIf('addToTimeline', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: sessionItemKey(key, sortKeys.commit(commitId)),
            UpdateExpression: 'SET #timeline = list_append(#timeline, :entries)',
            ConditionExpression: 'attribute_exists(#timeline)',
            ExpressionAttributeNames: { '#timeline': 'timeline' },
            ExpressionAttributeValues: { ':entries': [entry] },
          }),
        ),
      );
    },
  };
}

/** A timeline only grows, but for a retry, which ends it with a moment of its own. */
function isAsSeen({ timeline }: Seen): string {
  const last = timeline.length - 1;
  const isAsLong = '#state = :state AND size(#timeline) = :entries';
  return last < 0 ? isAsLong : `${isAsLong} AND #timeline[${last}].atMs = :lastAtMs`;
}

function valuesSeen({ state, timeline }: Seen) {
  const last = timeline.at(-1);
  return { ':state': state, ':entries': timeline.length, ...(last && { ':lastAtMs': last.atMs }) };
}

/** A name that no expression uses is refused, as is a reserved word that is used without one. */
function namesOf({ transition, archive }: CommitChange): Record<string, string> {
  const { onlyBeforeArchive } = commitTransitions[transition];
  const usesArchive = onlyBeforeArchive || archive !== undefined;
  return { '#state': 'state', '#timeline': 'timeline', ...(usesArchive && { '#archive': 'archive' }) };
}

function changeApplies({ transition }: CommitChange): string {
  const { from, onlyBeforeArchive } = commitTransitions[transition];
  const inOneOfItsStates = `#state IN (${from.map((_, index) => `:from${index}`).join(', ')})`;
  return onlyBeforeArchive ? `${inOneOfItsStates} AND attribute_not_exists(#archive)` : inOneOfItsStates;
}
