import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeSettings } from '../../lib/api/change-settings.ts';
import { commitSession } from '../../lib/commit/index.ts';
import { type DeletionContext, deleteSession } from '../../lib/deletion/index.ts';
import { type FollowUpContext, followUpArchive } from '../../lib/follow-up/index.ts';
import { inProcessLeaseStore } from '../../lib/lease/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { builtInCategories, mergeStatements } from '../../lib/memory/index.ts';
import type { Model } from '../../lib/model/index.ts';
import { appendMessages } from '../../lib/session-log/index.ts';
import { dynamodbMemoryStore, dynamodbSessionStore } from '../../lib/store/index.ts';
import { commitWorld, policy } from '../support/commit-world.ts';
import { statementOf } from '../support/statement-of.ts';
import type { TestTable } from '../support/table-at.ts';
import { testTable } from '../support/test-table.ts';
import { textOf } from '../support/text-of.ts';

const key = { tenant: 'acme', session: 'to-be-deleted' };
const other = { tenant: 'acme', session: 'other' };
const signal = new AbortController().signal;

/** Every message `key=value` is a memory. */
const model: Model = {
  name: 'literal',
  summarise: async () => ({ value: 'They talked.' }),
  async extract({ messages }) {
    const memories = messages.map((message) => {
      const [subject = '', text = ''] = textOf(message).split('=');
      const said = { category: 'preference', key: subject, text, confidence: 1 } as const;
      return { ...said, messageId: message.id };
    });
    return { value: { memories, rejected: [] } };
  },
};

let table: TestTable;
let world: Awaited<ReturnType<typeof openWorld>>;
beforeEach(async () => {
  table = await testTable();
  world = await openWorld();
});
afterEach(() => table[Symbol.asyncDispose]());

/** Two sessions that feed the memories of `ann`, on one table. */
async function openWorld() {
  const { context, log } = await commitWorld();
  const store = dynamodbSessionStore(table);
  const memories = dynamodbMemoryStore(table);
  const common = { store, memories, lease: context.lease, owner: 'w' };
  const deletion: DeletionContext = { ...common, limits: { lease: policy, memoryLease: policy } };
  const followUp: FollowUpContext = {
    ...common,
    ...{ model, fallback: model, limits: defaultLimits, onEvent: () => undefined },
  };
  for (const session of [key, other])
    await store.createSession(session, { scope: 'ann', memoryCategories: builtInCategories, createdAtMs: 0 });

  /** One more archive of a session, which awaits its follow-up. */
  async function archive(session: typeof key, ...contents: string[]) {
    for (const content of contents)
      await appendMessages({ ...log, store }, session, [{ role: 'user', content }]);
    const commitId = context.lease.newId();
    const message = { ...session, commitId, keepRecent: 0, requestedAtMs: context.lease.clock.now() };
    const { archive: number = 0 } = await commitSession({ ...context, store }, message, signal);
    return { ...session, archive: number, commitId };
  }

  async function say(session: typeof key, ...contents: string[]) {
    await followUpArchive(followUp, await archive(session, ...contents), signal);
  }

  const remember = (scope: string, statement: ReturnType<typeof statementOf>) =>
    mergeStatements({ ...context.lease, memories }, { tenant: 'acme', scope }, [statement]);

  async function remembered(scope: string) {
    const { memories: found } = await memories.listMemories({ tenant: 'acme', scope }, { limit: 100 });
    return found.map((memory) => [memory.key, memory.text]);
  }

  /** Items outside of the session's own partition that name it, or say what it said. */
  async function traces(...words: string[]) {
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.tableName }));
    const inWords = (item: object) =>
      JSON.stringify(item, (_name, value) => (value instanceof Set ? [...value] : value));
    return Items.filter(({ pk }) => !String(pk).includes(`#SESSION#${key.session}`))
      .filter((item) => [key.session, ...words].some((word) => inWords(item).includes(word)))
      .map(({ pk, sk }) => `${pk} ${sk}`)
      .sort();
  }

  const move = (scope: string) => changeSettings(store, key, { scope });
  const forget = (isForgotten = true, leases = context.lease.leases) =>
    deleteSession(
      { ...deletion, lease: { ...context.lease, leases } },
      key,
      { memories: isForgotten },
      signal,
    );
  return { store, memories, followUp, archive, say, remember, remembered, traces, move, forget };
}

/** All that may be left in a scope: nothing that the session said, and that nobody may carry it on. */
const marksIn = (...scopes: string[]) =>
  scopes.map((scope) => `TENANT#acme#MEMORY#${scope} ERASED#${key.session}`);

describe('deleting a session with its memories', () => {
  it('leaves nothing of it in any scope that it ever fed, and what others said as it was', async () => {
    await world.say(other, 'drink=tea', 'food=bread');
    await world.say(key, 'drink=secret-1', 'pet=secret-2');
    await world.move('bob');
    await world.say(key, 'drink=secret-3');
    await world.move('carla');
    await world.move('bob');
    await world.move('dora');
    await world.remember('carla', statementOf('milk', { key: 'drink' }));
    expect(await world.traces('secret')).not.toEqual([]);

    await world.forget();

    expect(await world.traces('secret')).toEqual(marksIn('ann', 'bob', 'carla', 'dora'));
    expect(await world.remembered('ann')).toEqual([
      ['drink', 'tea'],
      ['food', 'bread'],
    ]);
    expect(await world.remembered('bob')).toEqual([]);
    expect(await world.remembered('carla')).toEqual([['drink', 'milk']]);
  });

  it('takes along what another session carried on of it', async () => {
    await world.say(key, 'drink=secret-1');
    const carried = { session: other.session, carriedFrom: [[key.session]], saidAtMs: 2_000_000_000_000 };
    await world.remember('ann', statementOf('secret-1, still', { key: 'drink', ...carried }));
    await world.remember('ann', statementOf('It likes fish.', { key: 'pet', session: other.session }));

    await world.forget();
    expect(await world.traces('secret')).toEqual(marksIn('ann'));
    expect(await world.remembered('ann')).toEqual([['pet', 'It likes fish.']]);

    await world.remember('ann', statementOf('secret-1, again', { key: 'drink', ...carried }));
    expect(await world.traces('secret')).toEqual(marksIn('ann'));
  });

  it('keeps them when it is told to, and takes them when it is told so later', async () => {
    await world.say(key, 'drink=secret-1');
    await world.move('bob');
    await world.say(key, 'pet=secret-2');
    await world.forget(false);
    expect(await world.remembered('ann')).toEqual([['drink', 'secret-1']]);
    expect(await world.remembered('bob')).toEqual([['pet', 'secret-2']]);

    await world.forget();
    expect(await world.traces('secret')).toEqual(marksIn('ann', 'bob'));
  });

  it.each([true, false])('has no late follow-up remember anything: %s', async (isForgotten) => {
    const message = await world.archive(key, 'drink=secret-1');
    const { promise: deleted, resolve } = Promise.withResolvers<void>();
    const { promise: extracted, resolve: tell } = Promise.withResolvers<void>();
    const late: Model = {
      ...model,
      async extract(request) {
        const extraction = await model.extract(request);
        tell();
        await deleted;
        return extraction;
      },
    };
    const running = followUpArchive({ ...world.followUp, model: late }, message, signal);
    await extracted;
    await world.forget(isForgotten);
    resolve();
    await running;
    expect(await world.traces('secret')).toEqual(isForgotten ? marksIn('ann') : []);
    expect(await followUpArchive(world.followUp, message, signal)).toBe(false);
    expect(await world.remembered('ann')).toEqual([]);
  });

  it.each(['before', 'after'] as const)(
    'takes what is merged while it is deleted, by a worker whose lease has expired, just %s',
    async (when) => {
      const message = await world.archive(key, 'drink=secret-1');
      const change: typeof world.memories.change = async (scope, what) => {
        const outcome = when === 'before' ? await world.memories.change(scope, what) : undefined;
        await world.move('bob');
        await world.forget(true, inProcessLeaseStore({ clock: world.followUp.lease.clock }));
        return outcome ?? (await world.memories.change(scope, what));
      };
      const beside = { ...world.followUp, memories: { ...world.memories, change } };
      await followUpArchive(beside, message, signal);
      expect(await world.traces('secret')).toEqual(marksIn('ann', 'bob'));
    },
  );
});
