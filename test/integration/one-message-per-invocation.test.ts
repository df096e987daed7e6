import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbSessionStore } from '../../lib/store/index.ts';
import { startTableEmulator } from '../../local/emulators/index.ts';
import { type CliWorld, cliWorld } from '../cli/cli-world.ts';
import { type HoldingProxy, holdingProxy } from '../support/holding-proxy.ts';

const maxReceiveCount = 3;

let world: CliWorld;
let proxy: HoldingProxy;
const resources = new AsyncDisposableStack();
beforeAll(async () => {
  const table = resources.use(await startTableEmulator({}));
  proxy = resources.use(await holdingProxy(table.endpoint));
  const environment = { AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint };
  const context = { 'commitlane:maxReceiveCount': String(maxReceiveCount) };
  world = resources.use(await cliWorld({ environment, context }));
  await world.shortenLease();
});
afterAll(() => resources.disposeAsync());

/** The next worker that asks for the lease of a session stands still there. */
function holdLease(session: string) {
  return proxy.hold(
    ({ operation, body }) =>
      operation === 'UpdateItem' && body.includes('LEASE#') && body.includes(`SESSION#${session}"`),
    'before',
  );
}

describe('four commits of one session', () => {
  it('have their own attempts when the worker of the first is killed at every delivery', async () => {
    const session = 'four-commits';
    await world.client.createSession(session);
    await world.say(session, 'one', 'two');

    let held = holdLease(session);
    const ids: string[] = [];
    for (const idempotencyKey of ['a', 'b', 'c', 'd']) {
      ids.push((await world.client.requestCommit(session, { idempotencyKey })).commitId);
    }
    const [first = '', ...others] = ids;
    for (let delivery = 1; delivery <= maxReceiveCount; delivery += 1) {
      await held.reached;
      const isLast = delivery === maxReceiveCount;
      if (!isLast) held = holdLease(session);
      expect(await world.stack.killBusy('Commit')).toBe(1);
    }

    const states: string[] = [];
    for (const commitId of others) states.push((await world.ended(session, commitId)).state);
    expect(states).toEqual(['completed', 'empty', 'empty']);
    expect(await world.contents(session)).toEqual({ archives: [['one', 'two']], live: [] });
    const { document } = await world.ask('dlq', 'list');
    expect(document.letters).toMatchObject([{ commitId: first }]);
    expect(await world.ask('verify', session, '--tenant', 'acme')).toMatchObject({
      document: {
        reports: [
          { findings: expect.arrayContaining([expect.objectContaining({ code: 'commit-dead-lettered' })]) },
        ],
      },
    });
  });
});

describe('a message that its worker refuses', () => {
  it('ends the commit that it names', async () => {
    const session = 'refused';
    await world.client.createSession(session);
    await world.say(session, 'one');
    const { dynamodb, sqs, outputs } = world.stack;
    const commitId = 'from-tomorrow';
    const requestedAtMs = Date.now();
    const store = dynamodbSessionStore({
      client: DynamoDBDocumentClient.from(dynamodb),
      tableName: outputs['TableName'] ?? '',
    });
    const timeline = [{ atMs: requestedAtMs, event: 'queued' }];
    const queued = { commitId, state: 'queued', keepRecent: 0, requestedAtMs, timeline } as const;
    await store.putCommit({ tenant: 'acme', session }, queued, requestedAtMs + 86_400_000);
    const body = { tenant: 'acme', session, commitId, keepRecent: 0, requestedAtMs, version: 2 };
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: outputs['CommitQueueUrl'],
        MessageGroupId: `acme#${session}`,
        MessageDeduplicationId: commitId,
        MessageBody: JSON.stringify(body),
      }),
    );

    const commit = await world.ended(session, commitId);
    expect(commit.state).toBe('dead-lettered');
    expect(commit.timeline.at(-1)?.detail).toMatch(/version/);
    expect(await world.contents(session)).toEqual({ archives: [], live: ['one'] });
  });
});
