import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { retryOf } from '../aws-errors/index.ts';
import type { Clock } from '../clock/index.ts';
import { attempts, type Item, isItemError, leaseItem, leaseItemKey } from '../table/index.ts';
import { LeaseStoreRefusedError, LeaseStoreUnavailableError } from './errors.ts';
import type { LeaseClaim, LeaseHolder, LeaseStore } from './lease-store.ts';

const FREE = 'attribute_not_exists(pk) OR expiresAtMs <= :now';
const MINE = '#owner = :owner AND #token = :token';
const NAMES = { '#owner': 'owner', '#token': 'token' };
/** The database removes a lease that nobody released, long after it has expired. */
const REMOVAL_DELAY_S = 3600;

/**
 * Leases as items of a DynamoDB table keyed `pk` and `sk`, with the TTL attribute `expiresAtSeconds`.
 *
 * Expiry is judged by the clocks of the workers, which must agree to well within a lease's TTL; what a clock gets
 * wrong costs time, never correctness.
 *
 * Its methods throw LeaseStoreUnavailableError, and LeaseStoreRefusedError for what no repetition can mend; those that
 * say who holds a lease, ItemUnreadableError and ItemTooNewError.
 */
export function dynamodbLeaseStore(options: {
  client: DynamoDBDocumentClient;
  tableName: string;
  clock: Clock;
}): LeaseStore {
  const { client, tableName: TableName, clock } = options;

  const { attempt, attemptIf } = attempts((resource, error) => {
    const retry = retryOf(error);
    if (!retry.retryable) return new LeaseStoreRefusedError(resource, error);
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const afterMs = retry.afterMs;
    return new LeaseStoreUnavailableError(`table ${TableName}`, reason, { cause: error, afterMs });
  });

  /** Who holds it: told by the refusal itself where the database does so, else by a read. */
  async function holderOf(resource: string, refusal: unknown): Promise<LeaseHolder | undefined> {
    const told = refusal instanceof ConditionalCheckFailedException ? refusal.Item : undefined;
    if (told) return toHolder(unmarshall(told));
    const { Item } = await attempt(resource, () =>
      client.send(new GetCommand({ TableName, Key: leaseItemKey(resource), ConsistentRead: true })),
    );
    return Item && toHolder(Item);
  }

  async function write(claim: LeaseClaim, ConditionExpression: string, values: Record<string, unknown>) {
    const expiresAtMs = clock.now() + claim.ttlMs;
    const { Attributes } = await attempt(claim.resource, () =>
      client.send(
        new UpdateCommand({
          TableName,
          Key: leaseItemKey(claim.resource),
          UpdateExpression:
            'SET #owner = :owner, #token = :token, expiresAtMs = :expiresAtMs, expiresAtSeconds = :removeAt',
          ConditionExpression,
          ExpressionAttributeNames: NAMES,
          ExpressionAttributeValues: {
            ...values,
            ':owner': claim.owner,
            ':token': claim.token,
            ':expiresAtMs': expiresAtMs,
            ':removeAt': Math.ceil(expiresAtMs / 1000) + REMOVAL_DELAY_S,
          },
          ReturnValues: 'ALL_OLD',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    );
    return { expiresAtMs, before: Attributes };
  }

  return {
    async acquire(claim) {
      try {
        const condition = `${FREE} OR (${MINE})`;
        const { expiresAtMs, before } = await write(claim, condition, { ':now': clock.now() });
        return { acquired: true, expiresAtMs, ...(before && takenFrom(before, claim)) };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const holder = await holderOf(claim.resource, error);
        // Released between the refusal and the read: as good as a lease that expires at once.
        return { acquired: false, holder: holder ?? { owner: 'nobody', expiresAtMs: clock.now() } };
      }
    },

    async renew(claim) {
      try {
        const { expiresAtMs } = await write(claim, MINE, {});
        return { renewed: true, expiresAtMs };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const successor = await holderOf(claim.resource, error);
        return { renewed: false, ...(successor && { successor }) };
      }
    },

    async release({ resource, owner, token }) {
      const answer = await attemptIf(resource, () =>
        client.send(
          new DeleteCommand({
            TableName,
            Key: leaseItemKey(resource),
            ConditionExpression: MINE,
            ExpressionAttributeNames: NAMES,
            ExpressionAttributeValues: { ':owner': owner, ':token': token },
          }),
        ),
      );
      return answer !== undefined;
    },
  };
}

function toHolder(item: Item): LeaseHolder {
  const { owner, expiresAtMs } = leaseItem.read(item);
  return { owner, expiresAtMs };
}

/** The lease is ours already: one before it that cannot be read is gone, and nothing to fail for. */
function takenFrom(before: Item, { token }: LeaseClaim): { previous?: LeaseHolder } {
  const found = leaseItem.inspect(before);
  if (isItemError(found) || found.token === token) return {};
  return { previous: { owner: found.owner, expiresAtMs: found.expiresAtMs } };
}
