import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../../lib/api/index.ts';
import { retryOf } from '../../lib/aws-errors/index.ts';
import { commitSession } from '../../lib/commit/index.ts';
import { CommitlaneError } from '../../lib/errors/index.ts';
import { handleFollowUp } from '../../lib/follow-up/index.ts';
import { dynamodbLeaseStore, LeaseUnavailableError, withLease } from '../../lib/lease/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { offlineModel } from '../../lib/model/index.ts';
import { consumeBatch, type Delivery, sqsSender } from '../../lib/queue/index.ts';
import { dynamodbMemoryStore, dynamodbSessionStore, inProcessMemoryStore } from '../../lib/store/index.ts';
import { dynamodbSessionItems } from '../../lib/verify/index.ts';
import { localAws } from '../../local/aws/index.ts';
import { sqsQueues } from '../dead-letters/sqs-queues.ts';
import { commitWorld, key } from '../support/commit-world.ts';
import { dynaliteTable } from '../support/dynalite-table.ts';
import { statementOf } from '../support/statement-of.ts';
import type { TestTable } from '../support/table-at.ts';

const TOO_LONG = 'x'.repeat(3_000);
const TOO_LARGE = 'x'.repeat(410_000);
const scope = { tenant: 'acme', scope: 'ann' };
const signal = new AbortController().signal;

let table: TestTable;
beforeAll(async () => {
  table = await dynaliteTable();
});
afterAll(() => table[Symbol.asyncDispose]());

async function failureOf(work: Promise<unknown>): Promise<CommitlaneError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof CommitlaneError) return error;
  throw new Error('it did not fail as it should', { cause: error });
}

const named = (name: string) => Object.assign(new Error('no'), { name });

/** Clients whose requests fail with an error of this name. */
function failing(name: string) {
  const fail = () => () => Promise.reject(named(name));
  const dynamodb = new DynamoDBClient({ region: 'us-east-1' });
  dynamodb.middlewareStack.add(fail, { step: 'initialize' });
  const sqs = new SQSClient({ region: 'us-east-1' });
  sqs.middlewareStack.add(fail, { step: 'initialize' });
  return { table: { client: DynamoDBDocumentClient.from(dynamodb), tableName: 'sessions' }, sqs };
}

describe('what a service refuses for good', () => {
  const refused: [string, () => Promise<unknown>, string][] = [
    ['an item that is too large', () => store().putChunk(key, 1, 0, Buffer.from(TOO_LARGE)), 'store-refused'],
    ['a sort key that is too long', () => store().readCommit(key, TOO_LONG), 'store-refused'],
    [
      'a partition key that is too long',
      () => store().readMeta({ ...key, session: TOO_LONG }),
      'store-refused',
    ],
    [
      'the lease of a session whose name is too long',
      () => items().leaseHolder({ ...key, session: TOO_LONG }),
      'store-refused',
    ],
    [
      'a statement that is too large',
      () => memories().change(scope, { put: [statementOf(TOO_LARGE, { key: 'city' })] }),
      'memory-store-refused',
    ],
    [
      'a page behind a key that is too long',
      () => memories().listMemories(scope, { limit: 1, after: TOO_LONG }),
      'memory-store-refused',
    ],
  ];
  const store = () => dynamodbSessionStore(table);
  const items = () => dynamodbSessionItems(table);
  const memories = () => dynamodbMemoryStore(table);

  test.each(refused)('%s is not worth repeating', async (_what, request, code) => {
    const error = await failureOf(request());
    expect(error.code).toBe(code);
    expect(error.retry).toEqual({ retryable: false });
    expect(error.message).toMatch(/refused .* ValidationException.*docs\/operations\.md/);
  });

  test('is not asked for a lease again', async () => {
    const { context, clock } = await commitWorld();
    const leases = dynamodbLeaseStore({ ...table, clock });
    const request = { resource: TOO_LONG, owner: 'w', policy: defaultLimits.lease, signal };
    const error = await failureOf(withLease({ ...context.lease, leases }, request, async () => 'done'));
    expect(error).toMatchObject({ code: 'lease-store-refused', retry: { retryable: false } });
  });

  test('is not sent to a queue again', async () => {
    await using queues = await sqsQueues();
    const sender = sqsSender<object>({ client: queues.client, queueUrl: queues.urls.queueUrl });
    const send = (body: object) => sender.send({ group: 'g', dedupId: 'd', body });
    for (const name of [
      'InvalidMessageContents',
      'InvalidParameterValue',
      'InvalidParameterValueException',
    ]) {
      const refusing = sqsSender<object>({ client: failing(name).sqs, queueUrl: 'https://sqs/q.fifo' });
      const error = await failureOf(refusing.send({ group: 'g', dedupId: 'd', body: {} }));
      expect(error).toMatchObject({ code: 'queue-refused', retry: { retryable: false } });
    }
    const tooLong = await failureOf(send({ text: 'x'.repeat(1_100_000) }));
    expect(tooLong).toMatchObject({ code: 'queue-refused', retry: { retryable: false } });
    await send({ text: 'short' });
  });

  test('dead-letters a follow-up at its first delivery, and its commit says why', async () => {
    const world = await commitWorld();
    await world.append('hello');
    await commitSession(world.context, world.message('c-1'), signal);
    const stored = dynamodbSessionStore(table);
    await stored.createSession(key, { scope: 'ann', memoryCategories: [], createdAtMs: 0 });
    const context = {
      store: { ...world.store, recordStep: () => stored.putChunk(key, 1, 1, Buffer.from(TOO_LARGE)) },
      memories: inProcessMemoryStore(world.store.sessions),
      model: offlineModel(),
      fallback: offlineModel(),
      lease: world.context.lease,
      limits: defaultLimits,
      owner: 'w',
      onEvent: () => undefined,
    };
    const letters: { delivery: Delivery; code: string }[] = [];
    const consumer = {
      control: {
        setVisibility: async () => undefined,
        deadLetter: async (delivery: Delivery, { code }: { code: string }) =>
          void letters.push({ delivery, code }),
      },
      clock: world.clock,
      random: () => 0.5,
      redeliveryMs: 30_000,
      maxReceiveCount: 5,
      onEvent: () => undefined,
    };
    const body = JSON.stringify({ ...key, archive: 1, commitId: 'c-1' });
    const delivery = { messageId: 'm', receiptHandle: 'r', group: 'g', body, receiveCount: 1 };
    const failed = await consumeBatch(consumer, [delivery], (one) =>
      handleFollowUp(context, one, { maxReceiveCount: 5, signal }),
    );
    expect(failed).toEqual([]);
    expect(letters).toMatchObject([{ code: 'store-refused' }]);
    const status = await world.commit('c-1');
    expect(status?.state).toBe('dead-lettered');
    expect(status?.timeline.at(-1)?.detail).toMatch(/refused .* ValidationException/);
  });

  test('is a 500 of the API, and nothing that a caller is told to repeat', async () => {
    const error = await failureOf(store().readCommit(key, TOO_LONG));
    const problem = problemOf(error);
    expect(problem.view).toMatchObject({ status: 500, code: 'internal-error' });
    expect(problem).not.toHaveProperty('retryAfterS');
    expect(JSON.stringify(problem)).not.toContain('ValidationException');
  });
});

describe('what a service refuses for the moment', () => {
  const unreachable = () =>
    DynamoDBDocumentClient.from(
      new DynamoDBClient({ ...localAws, endpoint: 'http://127.0.0.1:9', maxAttempts: 1 }),
    );

  test.each([
    'ThrottlingException',
    'ProvisionedThroughputExceededException',
    'InternalServerError',
    'TimeoutError',
  ])('%s is repeated after a second', async (name) => {
    const { table: failingTable, sqs } = failing(name);
    const retry = { retryable: true, afterMs: 1_000 };
    expect(retryOf(named(name))).toEqual(retry);
    const reading = dynamodbSessionStore(failingTable).readMeta(key);
    expect(await failureOf(reading)).toMatchObject({ code: 'store-unavailable', retry });
    const listing = dynamodbMemoryStore(failingTable).listMemories(scope, { limit: 1 });
    expect(await failureOf(listing)).toMatchObject({ code: 'memory-store-unavailable', retry });
    const sending = sqsSender({ client: sqs, queueUrl: 'https://sqs/q.fifo' }).send({
      group: 'g',
      dedupId: 'd',
      body: {},
    });
    expect(await failureOf(sending)).toMatchObject({ code: 'queue-unavailable', retry });
  });

  test('a database that is out of reach is asked again after a second', async () => {
    const store = dynamodbSessionStore({ client: unreachable(), tableName: 'sessions' });
    const error = await failureOf(store.readMeta(key));
    expect(error).toMatchObject({ code: 'store-unavailable', retry: { retryable: true, afterMs: 1_000 } });
    expect(problemOf(error)).toMatchObject({ view: { status: 503 }, retryAfterS: 1 });
  });

  test('a table that is not there may be there once the deployment is mended: half a minute', async () => {
    const store = dynamodbSessionStore({ ...table, tableName: 'nowhere' });
    const error = await failureOf(store.readMeta(key));
    expect(error).toMatchObject({ code: 'store-unavailable', retry: { retryable: true, afterMs: 30_000 } });
  });

  test.each(['AccessDeniedException', 'QueueDoesNotExist', 'ExpiredTokenException', 'KmsDisabled'])(
    'so may what is refused with %s',
    async (name) => {
      expect(retryOf(named(name))).toEqual({ retryable: true, afterMs: 30_000 });
    },
  );

  test('a lease that the role may not write is asked for again as late', async () => {
    const { context, clock } = await commitWorld();
    const leases = dynamodbLeaseStore({ ...failing('AccessDeniedException').table, clock });
    const request = { resource: 'r', owner: 'w', policy: defaultLimits.lease, signal };
    const work = withLease({ ...context.lease, leases }, request, async () => 'done');
    const error = await failureOf(clock.runUntil(work));
    expect(error).toBeInstanceOf(LeaseUnavailableError);
    expect(error.retry).toMatchObject({ retryable: true, afterMs: 30_050 });
  });
});
