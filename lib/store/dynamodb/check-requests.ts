import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { checkShardKey, dueIndex, dueItem, sessionItemKey, sortKeys } from '../../table/index.ts';
import { CHECK_SHARDS, type CheckStore } from '../check-store.ts';
import { shardOf } from '../shard-of.ts';
import { attempt, attemptIf, type Table } from './table.ts';

const HAS_POLICY = 'attribute_exists(autoCommit)';
const IS_SOONER = '(attribute_not_exists(checkAtMs) OR checkAtMs > :at)';
const IS_THE_ONE_SEEN = 'checkAtMs = :seen';
const NO_POSITION_SINCE = 'nextSeq = :nextSeq';

/** What the last check found. */
const CHECKED = ['checkedNextSeq'] as const;
const FORGET_CHECK = `REMOVE ${CHECKED.join(', ')}`;

/** All that there is of a check: without it, a session is not in the index. */
export const checkAttributes = [...CHECKED, 'checkShard', 'checkAtMs'] as const;
const REMOVE_CHECK = `REMOVE ${checkAttributes.join(', ')}`;

/** The requests about the checks of sessions with a policy, and of commits. */
export function checkRequests({ client, name: TableName }: Table): CheckStore {
  return {
    async scheduleCheck(key, checkAtMs) {
      await attemptIf('scheduleCheck', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: sessionItemKey(key, sortKeys.meta),
            UpdateExpression: `SET checkShard = :shard, checkAtMs = :at ${FORGET_CHECK}`,
            ConditionExpression: `${HAS_POLICY} AND ${IS_SOONER}`,
            ExpressionAttributeValues: {
              ':shard': checkShardKey(shardOf(key, CHECK_SHARDS)),
              ':at': checkAtMs,
            },
          }),
        ),
      );
    },

    async moveCheck(key, { seenAtMs, nextAtMs, checkedNextSeq }) {
      const found = checkedNextSeq !== undefined;
      const moved = await attemptIf('moveCheck', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: sessionItemKey(key, sortKeys.meta),
            UpdateExpression: `SET checkAtMs = :next${found ? ', checkedNextSeq = :found' : ` ${FORGET_CHECK}`}`,
            ConditionExpression: IS_THE_ONE_SEEN,
            ExpressionAttributeValues: {
              ':seen': seenAtMs,
              ':next': nextAtMs,
              ...(found && { ':found': checkedNextSeq }),
            },
          }),
        ),
      );
      return moved !== undefined;
    },

    async removeCheck(key, { seenAtMs, nextSeq }) {
      await attemptIf('removeCheck', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: sessionItemKey(key, sortKeys.meta),
            UpdateExpression: REMOVE_CHECK,
            ConditionExpression: `${IS_THE_ONE_SEEN} AND ${NO_POSITION_SINCE}`,
            ExpressionAttributeValues: { ':seen': seenAtMs, ':nextSeq': nextSeq },
          }),
        ),
      );
    },

    async moveCommitCheck(key, commitId, { seenAtMs, nextAtMs }) {
      const isMoved = nextAtMs !== undefined;
      await attemptIf('moveCommitCheck', () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: sessionItemKey(key, sortKeys.commit(commitId)),
            UpdateExpression: isMoved ? 'SET checkAtMs = :next' : 'REMOVE checkShard, checkAtMs',
            ConditionExpression: IS_THE_ONE_SEEN,
            ExpressionAttributeValues: { ':seen': seenAtMs, ...(isMoved && { ':next': nextAtMs }) },
          }),
        ),
      );
    },

    async listDueChecks(shard, untilMs, after) {
      const { Items = [], LastEvaluatedKey } = await attempt('listDueChecks', () =>
        client.send(
          new QueryCommand({
            TableName,
            IndexName: dueIndex.name,
            KeyConditionExpression: 'checkShard = :shard AND checkAtMs <= :until',
            ExpressionAttributeValues: { ':shard': checkShardKey(shard), ':until': untilMs },
            ...(after && { ExclusiveStartKey: { ...after } }),
          }),
        ),
      );
      const due = Items.map(dueItem.read);
      return {
        sessions: due.flatMap(({ commitId, ...check }) => (commitId === undefined ? [check] : [])),
        commits: due.flatMap(({ commitId, ...check }) =>
          commitId === undefined ? [] : [{ ...check, commitId }],
        ),
        ...(LastEvaluatedKey && { nextAfter: LastEvaluatedKey }),
      };
    },
  };
}
