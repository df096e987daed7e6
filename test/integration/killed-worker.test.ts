import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbMemoryStore } from '../../lib/store/index.ts';
import { startTableEmulator } from '../../local/emulators/index.ts';
import {
  type HeldRequest,
  type HoldingProxy,
  holdingProxy,
  type TableRequest,
} from '../support/holding-proxy.ts';
import { type LocalWorld, localWorld } from '../support/local-world.ts';

let world: LocalWorld;
let proxy: HoldingProxy;
const resources = new AsyncDisposableStack();
beforeAll(async () => {
  const table = resources.use(await startTableEmulator({}));
  proxy = resources.use(await holdingProxy(table.endpoint));
  const environment = { AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint };
  world = resources.use(await localWorld({ environment }));
  await world.shortenLease();
});
afterAll(() => resources.disposeAsync());

/** Every write of a commit, as it looks on its way to the table. */
const writes: Record<string, (session: string) => (request: TableRequest) => boolean> = {
  'taking the lease': (session) => on('UpdateItem', session, 'LEASE#'),
  'claiming the session': (session) => on('UpdateItem', session, 'ADD fence'),
  'sealing the messages': (session) => on('UpdateItem', session, 'SET sealed'),
  'storing a chunk': (session) => on('PutItem', session, '#CHUNK#'),
  'storing the manifest': (session) => on('PutItem', session, '"messageCount"'),
  'clearing the records': (session) => on('BatchWriteItem', session, 'tombstone'),
  'recording the outcome': (session) => on('UpdateItem', session, '"archived"'),
  'removing the seal': (session) => on('UpdateItem', session, 'REMOVE sealed'),
};

function on(operation: string, session: string, mark: string): (request: TableRequest) => boolean {
  return (request) =>
    request.operation === operation && request.body.includes(session) && request.body.includes(mark);
}

describe('a commit whose Lambda is killed', () => {
  const cases = Object.entries(writes).flatMap(([name, matches]) =>
    (['before', 'after'] as const).map((where) => ({ name, where, matches })),
  );

  it.each(cases)('$where $name is completed by the redelivery', async ({ name, where, matches }) => {
    const session = `${where}-${name.replaceAll(' ', '-')}`;
    await world.client.createSession(session);
    await world.say(session, 'one', 'two', 'three');
    const held = proxy.hold(matches(session), where);

    const { commitId } = await world.client.requestCommit(session);
    await killSender(held);
    await world.say(session, 'four');

    const commit = await world.ended(session, commitId);
    expect(commit).toMatchObject({ state: 'completed', archive: 1 });
    expect(await world.contents(session)).toEqual({ archives: [['one', 'two', 'three']], live: ['four'] });
    const next = await world.client.requestCommit(session);
    await world.ended(session, next.commitId);
    expect(await world.contents(session)).toEqual({
      archives: [['one', 'two', 'three'], ['four']],
      live: [],
    });
  });
});

/** Kills what sent the request that is held, and nothing that is still busy with what came before. */
async function killSender({ reached }: HeldRequest): Promise<void> {
  const { sender = expect.fail('no function sent it') } = await reached;
  expect(await world.stack.killBusy(sender)).toBeGreaterThan(0);
}

/** Every write of a follow-up, in order. */
const followUpWrites: Record<string, (session: string) => (request: TableRequest) => boolean> = {
  'recording the summary': (session) => on('UpdateItem', session, '"#step":"summary"'),
  'noting the summary': (session) => on('UpdateItem', session, '"event":{"S":"summary"}'),
  'recording the extraction': (session) => on('UpdateItem', session, '"#step":"extraction"'),
  'taking the lease on the memories': (session) => on('UpdateItem', session, 'LEASE#TENANT#acme#MEMORY#'),
  'writing the memories': (session) => on('TransactWriteItems', session, 'MEMORY#'),
  'recording the merge': (session) => on('UpdateItem', session, '"#step":"merge"'),
  'completing the archive': (session) => on('UpdateItem', session, 'followUpState'),
  'completing the commit': (session) => on('UpdateItem', session, '"completed"'),
};

/** The keys of a scope's statements, in their order. */
async function statementsOf(scope: string): Promise<string[]> {
  const { dynamodb, outputs } = world.stack;
  const client = DynamoDBDocumentClient.from(dynamodb);
  const memories = dynamodbMemoryStore({ client, tableName: outputs['TableName'] ?? '' });
  const { names } = await memories.listStatementNames({ tenant: 'acme', scope }, { limit: 100 });
  return names.map((name) => name.split('#')[1] ?? name);
}

describe('a follow-up whose Lambda is killed', () => {
  const cases = Object.entries(followUpWrites).flatMap(([name, matches]) =>
    (['before', 'after'] as const).map((where) => ({ name, where, matches })),
  );

  it.each(cases)(
    '$where $name is completed by the redelivery, each step once',
    async ({ name, where, matches }) => {
      const session = `follow-up-${where}-${name.replaceAll(' ', '-')}`;
      const { scope } = await world.client.createSession(session, { scope: session });
      await world.say(session, 'My name is Ewa.', 'I live in Gothenburg.');
      const held = proxy.hold(matches(session), where);

      const { commitId } = await world.client.requestCommit(session);
      await killSender(held);

      const { state, timeline } = await world.ended(session, commitId);
      expect(state).toBe('completed');
      const events = timeline.map(({ event }) => event);
      for (const step of ['summary', 'extraction', 'merge', 'completed'])
        expect(events.filter((event) => event === step).length, step).toBeLessThanOrEqual(1);
      const { memories } = await world.client.listMemories(scope);
      const by = { kind: 'archive', session, archive: 1 };
      expect(memories).toMatchObject([
        { key: 'home', by },
        { key: 'name', by },
      ]);
      expect(await statementsOf(scope)).toEqual(['home', 'name']);
    },
  );
});

describe('messages that are appended while a commit runs', () => {
  it('stay live, and come in the next archive', async () => {
    await world.client.createSession('overtaken');
    await world.say('overtaken', 'one', 'two');
    const held = proxy.hold(on('PutItem', 'overtaken', '#CHUNK#'), 'before');

    const { commitId } = await world.client.requestCommit('overtaken');
    await held.reached;
    await world.say('overtaken', 'three', 'four');
    held.release();

    expect(await world.ended('overtaken', commitId)).toMatchObject({ archive: 1 });
    expect(await world.contents('overtaken')).toEqual({
      archives: [['one', 'two']],
      live: ['three', 'four'],
    });
    const next = await world.client.requestCommit('overtaken');
    await world.ended('overtaken', next.commitId);
    expect(await world.contents('overtaken')).toMatchObject({
      archives: [
        ['one', 'two'],
        ['three', 'four'],
      ],
    });
  });
});
