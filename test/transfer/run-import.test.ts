import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planImport, runImport } from '../../lib/transfer/index.ts';
import { readHistories } from '../../operator/transfer/read-histories.ts';
import { crashAt, InjectedCrash } from '../support/failing-port.ts';
import { keyOf, type TransferWorld, transferWorld } from './transfer-world.ts';

let world: TransferWorld;
beforeEach(async () => {
  world = await transferWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const HOUR_MS = 60 * 60_000;
const at = (minute: number) => new Date(Date.UTC(2020, 0, 1, 0, minute)).toISOString();

/** Messages of a session, with their own times; every second one has an id. */
const history = (session: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    session,
    role: index % 2 === 0 ? 'user' : 'assistant',
    content: `${index + 1}: the same words`,
    at: at(index),
    ...(index % 2 === 0 && { id: `${session}-${index + 1}` }),
  }));

async function storedOf(session: string, from = world) {
  const lines = (await from.export(session)).trimEnd().split('\n').slice(1);
  return lines.map((line) => JSON.parse(line));
}

const wordsOf = (count: number) => history('any', count).map(({ content }) => content);
const contentsOf = async (session: string, from = world) =>
  (await storedOf(session, from)).map(({ content }) => content);

describe('an import', () => {
  it('stores the messages of all sessions in order, each with its own time and id', async () => {
    const file = await world.write('all.jsonl', ...history('one', 230), ...history('two', 3));
    expect(await world.import([file])).toEqual({
      ...{ done: 233, total: 233, imported: 233, sessions: 2 },
      commits: { completed: 0, failed: 0, pending: 0 },
    });
    const stored = await storedOf('one');
    expect(stored.map(({ content }) => content)).toEqual(wordsOf(230));
    expect(stored.map((message) => message.at)).toEqual(history('one', 230).map((message) => message.at));
    expect(stored[2]).toMatchObject({ id: 'one-3' });
    expect(await contentsOf('two')).toEqual(wordsOf(3));
    expect(await world.store.readMeta(keyOf('two'))).toMatchObject({ scope: 'ann' });
  });

  it('stores nothing twice that is stored, a year later, archived or live', async () => {
    const file = await world.write('all.jsonl', ...history('one', 250));
    await world.import([file]);
    await world.archive('one', 1);
    await world.clock.advance(365 * 24 * HOUR_MS);
    expect(await world.import([file])).toMatchObject({ done: 250, imported: 0 });
    expect(await contentsOf('one')).toEqual(wordsOf(250));
  });

  it('adds what a file has gained, and leaves alone what was said since all of it was stored', async () => {
    await world.import([await world.write('all.jsonl', ...history('one', 5))]);
    const longer = await world.write('all.jsonl', ...history('one', 150));
    expect(await world.import([longer])).toMatchObject({ done: 150, imported: 145 });
    await world.append('one', [{ role: 'user', content: 'And now?' }]);
    expect(await world.import([longer])).toMatchObject({ done: 150, imported: 0 });
    expect(await contentsOf('one')).toEqual([...wordsOf(150), 'And now?']);
  });

  it('that is done twice at once stores each message once', async () => {
    const file = await world.write('all.jsonl', ...history('one', 320));
    await Promise.all([world.import([file]), world.import([file])]);
    expect(await contentsOf('one')).toEqual(wordsOf(320));
  });

  it('spreads messages over time where there is a rate', async () => {
    const file = await world.write('all.jsonl', ...history('one', 300));
    const before = world.clock.now();
    const running = world.import([file], {}, { commit: 'none', commitTimeoutMs: 0, ratePerSecond: 10 });
    await world.clock.runUntil(running);
    expect(world.clock.now() - before).toBeGreaterThanOrEqual(20_000);
  });
});

describe('an import that is ended', () => {
  it('finishes the appends under way, says how far it is, and is continued by the next', async () => {
    const file = await world.write('all.jsonl', ...history('one', 350));
    const stop = new AbortController();
    const { histories } = await readHistories([file], { tenant: 'acme', scope: 'ann' }, world.context);
    const context = { ...world.context, signal: stop.signal };
    const plan = await planImport(context, histories);
    const options = { commit: 'none', commitTimeoutMs: 0 } as const;
    const result = await runImport(context, plan, options, ({ done }) => done === 200 && stop.abort());
    expect(result).toMatchObject({
      done: 200,
      imported: 200,
      sessions: 0,
      stopped: { error: stop.signal.reason },
    });
    expect(await contentsOf('one')).toEqual(wordsOf(200));
    expect(await world.import([file])).toMatchObject({ done: 350, imported: 150, sessions: 1 });
    expect(await contentsOf('one')).toEqual(wordsOf(350));
  });
});

describe('a session that holds other messages', () => {
  it('is found before anything is written', async () => {
    await world.store.createSession(keyOf('two'), { scope: 'ann', createdAtMs: 0 });
    await world.append('two', [{ role: 'user', content: 'Something else.', id: 'else' }]);
    await world.store.createSession(keyOf('three'), { scope: 'bob', createdAtMs: 0 });
    const file = await world.write(
      'all.jsonl',
      ...['one', 'two', 'three'].flatMap((name) => history(name, 2)),
    );
    const { histories } = await readHistories([file], { tenant: 'acme', scope: 'ann' }, world.context);
    const plan = await planImport(world.context, histories);
    expect(plan.sessions.map(({ history }) => history.key.session)).toEqual(['one']);
    expect(plan.others).toEqual([
      {
        key: keyOf('two'),
        reason: "it exists, and its message 1, 'else', is another than the file's, 'two-1'",
      },
      { key: keyOf('three'), reason: "it exists, and is of the scope 'bob', not 'ann'" },
    ]);
  });

  it('stops an import that was planned before', async () => {
    const file = await world.write('all.jsonl', ...history('one', 2));
    const { histories } = await readHistories([file], { tenant: 'acme', scope: 'ann' }, world.context);
    const plan = await planImport(world.context, histories);
    await world.store.createSession(keyOf('one'), { scope: 'ann', createdAtMs: 0 });
    await world.append('one', [{ role: 'user', content: 'Something else.' }]);
    const { stopped } = await runImport(world.context, plan, { commit: 'none', commitTimeoutMs: 0 });
    expect(stopped?.error).toMatchObject({ code: 'session-differs' });
    expect(await contentsOf('one')).toEqual(['Something else.']);
  });
});

describe('commits of an import', () => {
  it.each(['each', 'end'] as const)(
    'are requested of %s session once, and waited for no longer than told',
    async (commit) => {
      const file = await world.write('all.jsonl', ...history('one', 2), ...history('two', 2));
      const options = { commit, commitTimeoutMs: 2_000 };
      for (const _ of [1, 2]) {
        const running = world.import([file], {}, options);
        await world.clock.runUntil(running);
        expect((await running).commits).toEqual({ completed: 0, failed: 0, pending: 2 });
      }
      // A repeated request is sent again, in case that the first one died; the queue knows it by its commit.
      expect(new Set(world.sent)).toEqual(new Set(['one', 'two']));
      const { entries } = await world.store.listCommits(keyOf('one'), { limit: 10 });
      expect(entries).toHaveLength(1);
    },
  );
});

it('does not say of a commit that it completed when a deletion took it', async () => {
  const file = await world.write('all.jsonl', ...history('one', 2));
  const commits: typeof world.context.commits = {
    async send({ body }) {
      await world.store.removeItems(keyOf('one'), [`COMMIT#${body.commitId}`], 0);
    },
  };
  const running = world.import([file], { commits }, { commit: 'end', commitTimeoutMs: 2_000 });
  await world.clock.runUntil(running);
  expect((await running).commits).toEqual({ completed: 0, failed: 1, pending: 0 });
});

describe('an import that dies at any request', () => {
  it.each([
    [0, 'before'],
    [0, 'after'],
    [13, 'before'],
    [13, 'after'],
  ] as const)(
    'is finished by the next, which begins %i hours later: it died %s the effect',
    async (hours, fault) => {
      let deaths = 0;
      for (let call = 1, isDone = false; !isDone; call += 1) {
        await using fresh = await transferWorld();
        const file = await fresh.write('all.jsonl', ...history('one', 150), ...history('two', 101));
        const crash = crashAt(call, fault);
        const ports = { store: crash.wrap(fresh.store), commits: crash.wrap(fresh.context.commits) };
        const options = { commit: 'each', commitTimeoutMs: 0 } as const;
        try {
          await fresh.import([file], ports, options);
          isDone = !crash.crashed;
        } catch (error) {
          if (!(error instanceof InjectedCrash)) throw error;
          deaths += 1;
        }
        await fresh.clock.advance(hours * HOUR_MS);
        await fresh.import([file], {}, options);
        expect(await contentsOf('one', fresh)).toEqual(wordsOf(150));
        expect(await contentsOf('two', fresh)).toEqual(wordsOf(101));
        expect(new Set(fresh.sent)).toEqual(new Set(['one', 'two']));
      }
      expect(deaths).toBeGreaterThan(10);
    },
  );
});
