import { expect, it } from 'vitest';
import { appendAndCommit, type CheckContext, checkDueSessions } from '../../lib/auto-commit/index.ts';
import type { CommitMessage } from '../../lib/queue/index.ts';

import { autoCommitPolicySchema, lastAttempt, type SessionKey } from '../../lib/session/index.ts';
import { dynamodbSessionStore } from '../../lib/store/index.ts';
import { recordingSender } from '../support/commit-world.ts';
import { dynaliteTable } from '../support/dynalite-table.ts';
import { fakeClock } from '../support/fake-clock.ts';
import type { TestTable } from '../support/table-at.ts';
import { permissionsOf } from './permissions.ts';
import { synthesised } from './synthesised.ts';

const MINUTE_MS = 60_000;
const forever = new AbortController().signal;
const session = (name: string): SessionKey => ({ tenant: 'acme', session: name });

/** What a client asks of the table while work goes on, as permissions name it; the index by its name. */
async function actionsDuring(client: TestTable['client'], work: () => Promise<unknown>): Promise<string[]> {
  const actions = new Set<string>();
  const name = 'recordActions';
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (request) => {
        const { IndexName: index } = request.input as { readonly IndexName?: string };
        actions.add(
          `dynamodb:${commandName.replace(/Command$/, '')}${index === undefined ? '' : ` /index/${index}`}`,
        );
        return next(request);
      },
    { step: 'initialize', name },
  );
  try {
    await work();
  } finally {
    client.middlewareStack.remove(name);
  }
  return [...actions].sort();
}

it('the schedule may ask of the table what it asks of it, and no more', async () => {
  await using table = await dynaliteTable();
  const { client, tableName, idle } = table;
  const clock = fakeClock({ idle });
  const store = dynamodbSessionStore({ client, tableName });
  const commits = recordingSender<CommitMessage>();
  const requested: string[] = [];
  let ids = 0;
  const context: CheckContext = {
    store,
    clock,
    commits,
    newId: () => `id-${++ids}`,
    onEvent: (event) => {
      if (event.type === 'auto-commit.requested') requested.push(event.session);
    },
    around: (_key, check) => check(),
  };
  const autoCommit = { policy: autoCommitPolicySchema.parse({ idleSeconds: 60 }), checkAtMs: clock.now() };
  for (const name of ['empty', 'busy']) {
    await store.createSession(session(name), {
      scope: 'ann',
      memoryCategories: [],
      createdAtMs: clock.now(),
    });
    await store.updateSettings(session(name), { autoCommit });
  }
  await appendAndCommit(context, session('busy'), [{ role: 'user', content: 'one' }]);

  const dead = session('empty');
  const status = {
    commitId: 'c',
    state: 'archived',
    archive: 1,
    keepRecent: 0,
    requestedAtMs: 0,
    timeline: [],
  } as const;
  await store.putCommit(dead, status, clock.now() + 60 * MINUTE_MS);
  await store.noteLastAttempt(dead, 'c', lastAttempt('follow-up', clock.now()));

  const asked = await actionsDuring(client, async () => {
    // Long enough for a commit whose message was lost to be sent again, and for a session to be left alone.
    for (let minute = 0; minute < 30; minute += 1) {
      await checkDueSessions(context, forever);
      await clock.advance(MINUTE_MS);
    }
  });
  expect(requested).toEqual(['busy']);
  expect(await store.readCommit(dead, 'c')).toMatchObject({ state: 'dead-lettered' });
  expect(commits.sent.size).toBeGreaterThan(1);
  expect((await store.readMeta(session('empty')))?.checkAtMs).toBeUndefined();

  const permitted = permissionsOf(synthesised(), 'AutoCommitFunction').flatMap(({ actions, on }) =>
    actions
      .filter((action) => action.startsWith('dynamodb:'))
      .map((action) => (on === 'Sessions' ? action : `${action} ${on}`)),
  );
  expect(asked).toEqual(permitted.sort());
});
