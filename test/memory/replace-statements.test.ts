import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  enterMemory,
  eraseScope,
  eraseSession,
  mergeStatements,
  readArchiveStatements,
  replaceStatements,
  type ScopeKey,
  type Statement,
  statementName,
} from '../../lib/memory/index.ts';
import {
  dynamodbMemoryStore,
  dynamodbSessionStore,
  inProcessMemoryStore,
  inProcessSessionStore,
} from '../../lib/store/index.ts';
import type { TestTable } from '../support/table-at.ts';
import { testTable } from '../support/test-table.ts';
import { contextOf, said } from './statements.ts';

let table: TestTable;
let scopeCount = 0;

beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const adapters = {
  'in this process': () => {
    const sessions = inProcessSessionStore();
    return { sessions, memories: inProcessMemoryStore(sessions.sessions) };
  },
  'on DynamoDB': () => ({ sessions: dynamodbSessionStore(table), memories: dynamodbMemoryStore(table) }),
};

const counts = { created: 0, updated: 0, unchanged: 0, retracted: 0 };
const merged = { outcome: 'done', atMs: 1, by: 'commitlane', ...counts } as const;

describe.each(Object.entries(adapters))(
  'statements that take the place of others %s',
  (_name, makeStores) => {
    async function setUp() {
      const { sessions, memories } = makeStores();
      scopeCount += 1;
      const scope: ScopeKey = { tenant: 'acme', scope: `replaced-${scopeCount}` };
      const key = { tenant: 'acme', session: `chat-${scopeCount}` };
      await sessions.putManifest(key, {
        ...{ archive: 1, from: 1, to: 1, recordCount: 1, messageCount: 1, bytes: 1, chunks: [] },
        ...{ commitId: 'c', sealedAtMs: 1, followUp: { state: 'pending' } },
      });
      await sessions.recordStep(key, 1, 'merge', merged);
      const extraction = { outcome: 'done', atMs: 2, by: 'test:model', memories: [] } as const;
      await sessions.recordAgain(key, 1, { id: 'x', extraction });
      const context = contextOf(memories);
      const own = (text: string, more: Parameters<typeof said>[1] = {}) =>
        said(text, { session: key.session, ...more });
      return {
        ...{ memories, scope, key, context, own },
        merge: (...some: Statement[]) => mergeStatements(context, scope, some),
        replace: (some: Statement[], extractionId = 'x') =>
          replaceStatements(context, scope, some, {
            ...{ session: key.session, archive: 1, awaits: { extractionId } },
          }),
        stored: () => readArchiveStatements(context, scope, { session: key.session, archive: 1 }),
        texts: async () =>
          Object.fromEntries(
            (await memories.listMemories(scope, {})).memories.map(({ key: name, text }) => [name, text]),
          ),
        sources: async () => (await memories.listSources(scope, undefined, {})).sources,
      };
    }

    test('come, change and go, and those of others decide again', async () => {
      const { own, merge, replace, texts, stored } = await setUp();
      await merge(said('Others say Rome.', { session: 'other', saidAtMs: 1 }));
      await merge(
        own('Oslo', { saidAtMs: 5 }),
        own('Tea', { key: 'drink', saidAtMs: 5 }),
        own('Chess', { key: 'game', saidAtMs: 5 }),
      );
      const now = [
        own('Chess', { key: 'game', saidAtMs: 5 }),
        own('Coffee', { key: 'drink', saidAtMs: 6 }),
        own('Tom', { key: 'cat', saidAtMs: 6 }),
      ];
      expect(await replace(now)).toEqual({ created: 1, updated: 1, unchanged: 1, retracted: 1 });
      expect(await texts()).toEqual({
        ...{ 'home-city': 'Others say Rome.', drink: 'Coffee', game: 'Chess', cat: 'Tom' },
      });
      expect((await stored()).map(({ text }) => text)).toEqual(['Tom', 'Coffee', 'Chess']);
      expect(await replace(now)).toEqual({ ...counts, unchanged: 3 });
    });

    test('are not taken for an archive that awaits something else', async () => {
      const { own, merge, replace, texts } = await setUp();
      await merge(own('Oslo'));
      expect(await replace([own('Bergen')], 'another')).toBeUndefined();
      expect(await texts()).toEqual({ 'home-city': 'Oslo' });
    });

    test('do not count against what a person has entered', async () => {
      const { own, merge, replace, texts, context, scope } = await setUp();
      await merge(own('Oslo'));
      const home = { category: 'profile', key: 'home-city' };
      await enterMemory(context, scope, home, { entry: { kind: 'edit', text: 'Bergen' }, who: 'ann' });
      await replace([own('Rome', { saidAtMs: 5_000 })]);
      expect(await texts()).toEqual({ 'home-city': 'Bergen' });
    });

    test('leave no name with a session whose words they hold no more', async () => {
      const { key, own, merge, replace, sources, stored } = await setUp();
      const carriedFrom = [['other']];
      await merge(
        own('Oslo with Ana', { carriedFrom }),
        own('Tea with Ana', { key: 'drink', carriedFrom }),
        own('Chess with Ana', { key: 'game', carriedFrom }),
      );
      await replace([
        own('Oslo'),
        own('Tea with Ana', { key: 'drink', saidAtMs: 9, carriedFrom }),
        own('Chess', { key: 'game', saidAtMs: 9 }),
      ]);
      const statements = await stored();
      expect(statements.map(({ text }) => text)).toEqual(['Tea with Ana', 'Chess', 'Oslo']);
      const names = (session: string) =>
        sources().then((all) => all.filter((one) => one.session === session).flatMap((one) => one.names));
      expect(await names('other')).toEqual(statements.slice(0, 1).map(statementName));
      expect(await names(key.session)).toEqual(statements.map(statementName));
    });

    test('leave out what carries on words of a session that is erased, and the others are replaced', async () => {
      const { own, merge, replace, texts, context, scope } = await setUp();
      await merge(own('Oslo'), own('Tea', { key: 'drink' }));
      await eraseSession(context, scope, 'other');
      const now = [own('Oslo with Ana', { carriedFrom: [['other']] }), own('Coffee', { key: 'drink' })];
      expect(await replace(now)).toEqual({ ...counts, updated: 1, retracted: 1 });
      expect(await texts()).toEqual({ drink: 'Coffee' });
    });

    test('leave out what was said before the scope was erased', async () => {
      const { own, replace, texts, context, scope } = await setUp();
      await eraseScope(context, scope, 5);
      await replace([own('Oslo', { saidAtMs: 5 }), own('Tea', { key: 'drink', saidAtMs: 6 })]);
      expect(await texts()).toEqual({ drink: 'Tea' });
    });
  },
);
