import { DeleteCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type CommitContext, commitSession } from '../../lib/commit/index.ts';
import type { DeadLetter } from '../../lib/dead-letters/index.ts';
import { inProcessLeaseStore } from '../../lib/lease/index.ts';
import { parseLimits } from '../../lib/limits/index.ts';
import { mergeStatements, type ScopeKey, type Statement } from '../../lib/memory/index.ts';
import type { CommitMessage } from '../../lib/queue/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import { appendMessages } from '../../lib/session-log/index.ts';
import { dynamodbMemoryStore, dynamodbSessionStore } from '../../lib/store/index.ts';
import { dynamodbSessionItems, type VerifyContext, verifySession } from '../../lib/verify/index.ts';
import { recordingSender } from '../support/commit-world.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { testTable } from '../support/test-table.ts';

export const key: SessionKey = { tenant: 'acme', session: 'chat' };
const signal = new AbortController().signal;

/** A session on an emulated table: archives of positions 1 to 2 and 3 to 4, and two live messages behind them. */
export async function verifyWorld() {
  const table = await testTable();
  const clock = fakeClock(table);
  const store = dynamodbSessionStore(table);
  const items = dynamodbSessionItems(table);
  let ids = 0;
  const newId = () => `id-${++ids}`;
  const limits = parseLimits({});
  const context: CommitContext = {
    store,
    followUps: recordingSender(),
    lease: {
      leases: inProcessLeaseStore({ clock }),
      clock,
      random: () => 0.5,
      newId,
      onEvent: () => undefined,
    },
    limits,
    owner: 'worker-1',
    onEvent: () => undefined,
  };

  const append = (content: string) =>
    appendMessages({ store, clock, newId }, key, [{ role: 'user', content }]);
  async function commit(commitId: string, more: Partial<CommitMessage> = {}) {
    const message = { ...key, commitId, keepRecent: 0, requestedAtMs: clock.now(), ...more };
    await clock.runUntil(commitSession(context, message, signal));
  }

  await store.createSession(key, { scope: 'ann', memoryCategories: [], createdAtMs: clock.now() });
  for (const archive of [1, 2]) {
    await append(`a${archive}`);
    await append(`b${archive}`);
    await commit(`commit-${archive}`);
    await store.setFollowUpState(key, archive, 'completed');
  }
  await append('live 1');
  await append('live 2');

  let isQueueEmpty = false;
  const Key = (sk: string) => ({ pk: `TENANT#${key.tenant}#SESSION#${key.session}`, sk });
  const TableName = table.tableName;
  return {
    clock,
    store,
    items,
    table,
    /** Merges a statement into a scope. */
    remember: (scope: ScopeKey, statement: Statement) =>
      mergeStatements({ ...context.lease, memories: dynamodbMemoryStore(table) }, scope, [statement]),
    append,
    commit,

    /** What verifying says, by its codes. */
    async codes(more: Partial<VerifyContext> = {}) {
      const report = await verify(more);
      return report.findings.map(({ code }) => code);
    },
    verify,

    /** From here no message is on the commit queue. */
    emptyQueue() {
      isQueueEmpty = true;
    },
    async remove(sk: string) {
      await table.client.send(new DeleteCommand({ TableName, Key: Key(sk) }));
    },
    /** Removes all items of the session whose names begin otherwise. */
    async keepOnly(prefix: string) {
      const { Items = [] } = await table.client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': Key('').pk },
        }),
      );
      for (const { sk } of Items) {
        if (String(sk).startsWith(prefix)) continue;
        await table.client.send(new DeleteCommand({ TableName, Key: Key(String(sk)) }));
      }
    },
    async read(sk: string): Promise<Record<string, unknown>> {
      const { Item } = await table.client.send(new GetCommand({ TableName, Key: Key(sk) }));
      if (!Item) throw new Error(`there is no ${sk}`);
      return Item;
    },
    /** Writes an item as it is given, whatever the protocol says. */
    async put(sk: string, attributes: object) {
      await table.client.send(new PutCommand({ TableName, Item: { ...attributes, ...Key(sk) } }));
    },
    async set(sk: string, attribute: string, value: unknown) {
      await table.client.send(
        new UpdateCommand({
          TableName,
          Key: Key(sk),
          UpdateExpression: value === undefined ? 'REMOVE #name' : 'SET #name = :value',
          ExpressionAttributeNames: { '#name': attribute },
          ...(value !== undefined && { ExpressionAttributeValues: { ':value': value } }),
        }),
      );
    },
    [Symbol.asyncDispose]: () => table[Symbol.asyncDispose](),
  };

  function verify(more: Partial<VerifyContext> = {}, of = key) {
    const deadLetters: readonly DeadLetter[] = [];
    const commitQueue = { isEmpty: isQueueEmpty, atMs: clock.now() };
    return verifySession(
      {
        store,
        items,
        clock,
        random: () => 0.5,
        limits,
        maxReceiveCount: 5,
        commitQueue,
        deadLetters,
        ...more,
      },
      of,
      signal,
    );
  }
}

export type VerifyWorld = Awaited<ReturnType<typeof verifyWorld>>;
