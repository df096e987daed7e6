import { describe, expect, test } from 'vitest';
import { appendAndCommit, type CheckContext, checkDueSessions } from '../../lib/auto-commit/index.ts';
import { cancelCommit, requestCommit } from '../../lib/commit/index.ts';
import { autoCommitPolicySchema } from '../../lib/session/index.ts';
import { key, one } from '../support/commit-world.ts';
import { crashAt, type Fault } from '../support/failing-port.ts';
import { autoCommitWorld } from './auto-commit-world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const forever = new AbortController().signal;
const idle = { messageCount: null, pendingTokens: null, idleSeconds: 3_600 };

/** One run of the schedule; whether it failed, or some session did. */
async function autoCommitRun(context: CheckContext): Promise<'done' | 'failed'> {
  let failures = 0;
  const onEvent: CheckContext['onEvent'] = (event) => {
    if (event.type === 'auto-commit.failed') failures += 1;
    context.onEvent(event);
  };
  await checkDueSessions({ ...context, onEvent }, forever).catch(() => {
    failures += 1;
  });
  return failures > 0 ? 'failed' : 'done';
}

describe('the schedule', () => {
  test('commits a session that was idle for as long as its policy says, and not before', async () => {
    const world = await autoCommitWorld(idle);
    await world.append('one');
    await world.clock.advance(HOUR_MS / 2);
    await world.append('two');
    await world.clock.advance(HOUR_MS - 1);
    await world.runChecks();
    expect(world.reasons()).toEqual([]);
    await world.clock.advance(1);
    await world.runChecks();
    expect(world.reasons()).toEqual(['idle']);
    await world.commitAll();
    expect(await world.contents()).toEqual({ archives: [['one', 'two']], live: [] });
  });

  test('leaves a session alone once nothing is live', async () => {
    const world = await autoCommitWorld(idle);
    await world.append('one');
    await world.settle();
    expect(await world.meta()).not.toHaveProperty('checkAtMs');
    await world.clock.advance(48 * HOUR_MS);
    await world.runChecks();
    expect(world.reasons()).toEqual(['idle']);
    await world.append('two');
    await world.settle();
    expect((await world.contents()).archives).toEqual([['one'], ['two']]);
  });

  test('sees what is live behind a position that an overlapping append has closed', async () => {
    const world = await autoCommitWorld(idle);
    await world.append('one');
    const { position } = await world.store.takePosition(key, one, 0);
    await world.store.voidPosition(key, position, world.clock.now() + 24 * HOUR_MS);
    await world.settle();
    expect(world.reasons()).toEqual(['idle']);
    expect(await world.contents()).toEqual({ archives: [['one']], live: [] });
  });

  test('asks once for a session that keeps its newest messages live', async () => {
    const world = await autoCommitWorld({ ...idle, keepRecent: 2 });
    for (const text of ['one', 'two', 'three']) await world.append(text);
    await world.settle();
    expect(world.reasons()).toEqual(['idle']);
    expect(await world.contents()).toEqual({ archives: [['one']], live: ['two', 'three'] });
  });

  test('applies a new policy to what is live already', async () => {
    const world = await autoCommitWorld({ ...idle, idleSeconds: 60 * 60 * 24 });
    for (const text of ['one', 'two', 'three']) await world.append(text);
    await world.store.updateSettings(key, {
      autoCommit: { policy: autoCommitPolicySchema.parse({ messageCount: 3 }), checkAtMs: world.clock.now() },
    });
    await world.runChecks();
    expect(world.reasons()).toEqual(['message-count']);
  });

  test('asks for nothing once the policy is taken away', async () => {
    const world = await autoCommitWorld(idle);
    await world.append('one');
    await world.store.updateSettings(key, { autoCommit: null });
    await world.clock.advance(48 * HOUR_MS);
    await world.runChecks();
    expect(world.events).toEqual([]);
    await world.append('two');
    expect(await world.meta()).not.toHaveProperty('checkAtMs');
  });

  test('asks again when the commit was cancelled, once the session is idle', async () => {
    const world = await autoCommitWorld({ messageCount: 1, idleSeconds: 3_600 });
    const { autoCommit } = await world.append('one');
    await cancelCommit(world.context, key, autoCommit?.commitId ?? '');
    await world.settle();
    expect(world.reasons()).toEqual(['message-count', 'idle']);
    expect((await world.contents()).archives).toEqual([['one']]);
  });

  test('leaves to the operator what was dead-lettered', async () => {
    const world = await autoCommitWorld({ messageCount: 1, idleSeconds: 3_600 });
    const { autoCommit } = await world.append('one');
    await world.store.changeCommit(key, autoCommit?.commitId ?? '', {
      transition: 'give-up',
      entry: { atMs: world.clock.now() },
    });
    for (let minute = 0; minute < 200; minute += 1) {
      await world.clock.advance(MINUTE_MS);
      await world.runChecks();
    }
    expect(world.reasons()).toEqual(['message-count']);
    expect(await world.meta()).not.toHaveProperty('checkAtMs');
    await world.append('two');
    await world.settle();
    expect((await world.contents()).archives.flat()).toEqual(['one', 'two']);
  });

  test('keeps checking while a commit is on its way', async () => {
    const world = await autoCommitWorld({ messageCount: 1, idleSeconds: null });
    await world.append('one');
    for (let minute = 0; minute < 60; minute += 1) {
      await world.clock.advance(MINUTE_MS);
      await world.runChecks();
    }
    expect(world.reasons()).toEqual(['message-count']);
    expect((await world.meta()).checkAtMs).toBeGreaterThan(world.clock.now());
    await world.settle();
    expect((await world.contents()).archives).toEqual([['one']]);
  });

  test('does not leave an append behind that is written after a check has found nothing', async () => {
    const world = await autoCommitWorld(idle);
    await world.settle();
    await world.append('one');
    await world.clock.advance(HOUR_MS);
    const late = { ...world.store };
    let checked = false;
    // It takes its position just before a check, and is written just after it.
    late.putRecord = async (...call) => {
      if (!checked) {
        checked = true;
        await world.runChecks();
        await world.commitAll();
      }
      return world.store.putRecord(...call);
    };
    await world.append('late', { ...world.context, store: late });
    expect((await world.contents()).live).toEqual(['late']);
    await world.settle();
    expect((await world.contents()).live).toEqual([]);
  });

  test('does not leave an append behind that a commit covered, and ended empty before it was written', async () => {
    const world = await autoCommitWorld(idle);
    const late = { ...world.store };
    // Somebody asks for a commit when the append has its position, and the commit runs before the append is written.
    late.putRecord = async (...call) => {
      const { commitId } = await requestCommit(world.context, key, {});
      await world.commitAll();
      expect(await world.commit(commitId)).toMatchObject({ state: 'empty', through: 1 });
      return world.store.putRecord(...call);
    };
    await world.append('late', { ...world.context, store: late });
    await world.settle();
    expect(world.reasons()).toEqual(['idle']);
    expect(await world.contents()).toEqual({ archives: [['late']], live: [] });
  });

  test('does not leave more behind than the policy keeps, whatever was written after a commit', async () => {
    const world = await autoCommitWorld({ ...idle, keepRecent: 1 });
    await world.append('old');
    const late = { ...world.store };
    late.putRecord = async (...call) => {
      await requestCommit(world.context, key, { keepRecent: 1 });
      await world.commitAll();
      return world.store.putRecord(...call);
    };
    await world.append('late', { ...world.context, store: late });
    expect(await world.contents()).toEqual({ archives: [], live: ['old', 'late'] });
    await world.settle();
    expect(await world.contents()).toEqual({ archives: [['old']], live: ['late'] });
  });

  test('takes what somebody asked to leave live, once the session is idle', async () => {
    const world = await autoCommitWorld(idle);
    for (const text of ['one', 'two', 'three']) await world.append(text);
    await requestCommit(world.context, key, { keepRecent: 2 });
    await world.commitAll();
    expect((await world.contents()).live).toEqual(['two', 'three']);
    await world.settle();
    expect(await world.contents()).toEqual({ archives: [['one'], ['two', 'three']], live: [] });
  });

  test('asks for nothing while there is no more than the policy keeps', async () => {
    const world = await autoCommitWorld({ ...idle, keepRecent: 2 });
    for (const text of ['one', 'two']) await world.append(text);
    await world.settle();
    expect(world.reasons()).toEqual([]);
  });

  test('leaves a session alone whose last append never was written', async () => {
    const world = await autoCommitWorld(idle);
    await world.store.takePosition(key, one, 0);
    await world.settle();
    expect(world.reasons()).toEqual([]);
  });

  test.each<Fault>(['before', 'after'])(
    'asks for the commit all the same when a run crashes %s any of its calls',
    async (fault) => {
      let crashes = 0;
      for (let call = 1; ; call += 1) {
        const world = await autoCommitWorld(idle);
        await world.append('one');
        await world.clock.advance(HOUR_MS);
        const crash = crashAt(call, fault);
        const { store, commits } = world.context;
        const doomed = await autoCommitRun({
          ...world.context,
          store: crash.wrap(store),
          commits: crash.wrap(commits),
        });
        if (!crash.crashed) break;
        expect(doomed).toBe('failed');
        crashes += 1;
        await world.clock.advance(5 * MINUTE_MS);
        await world.settle();
        expect(await world.contents(), `call ${call}`).toEqual({ archives: [['one']], live: [] });
      }
      expect(crashes).toBeGreaterThan(12);
    },
  );

  test.each([0, 3_600])(
    'asks once when it runs twice at the same time, with a least interval of %i s',
    async (minIntervalSeconds) => {
      for (let lead = 0; lead < 12; lead += 1) {
        const world = await autoCommitWorld({ ...idle, minIntervalSeconds });
        await world.append('one');
        await world.clock.advance(HOUR_MS);
        const second = world.runChecks();
        for (let turn = 0; turn < lead; turn += 1) await Promise.resolve();
        await Promise.all([world.runChecks(), second]);
        expect(world.reasons(), `a lead of ${lead} turns`).toEqual(['idle']);
        expect(world.commits.sent.size).toBe(1);
      }
    },
  );

  test.each([
    ['for the number of messages', { messageCount: 1, idleSeconds: null }],
    ['when it is idle', idle],
  ])('sends a commit again that was asked for %s, and whose message is gone', async (_name, policy) => {
    const world = await autoCommitWorld(policy);
    await world.append('one');
    await world.clock.advance(HOUR_MS);
    await world.runChecks();
    world.commits.sent.clear();
    await world.settle();
    expect(world.reasons()).toHaveLength(1);
    expect(await world.contents()).toEqual({ archives: [['one']], live: [] });
  });

  test('does not keep the others waiting for one session that fails', async () => {
    const world = await autoCommitWorld(idle);
    const keys = Array.from({ length: 20 }, (_, index) => ({ ...key, session: `chat-${index}` }));
    const policy = autoCommitPolicySchema.parse(idle);
    for (const each of keys) {
      await world.store.createSession(each, {
        scope: 'ann',
        memoryCategories: [],
        createdAtMs: 0,
        autoCommit: policy,
      });
      await appendAndCommit(world.context, each, [{ role: 'user', content: 'hello' }]);
    }
    await world.clock.advance(HOUR_MS);
    const [bad] = keys;
    const readRange: typeof world.store.readRange = async (of, range) => {
      if (of.session === bad?.session) throw new Error('cannot be read');
      return world.store.readRange(of, range);
    };
    await autoCommitRun({ ...world.context, store: { ...world.store, readRange } });
    expect(world.reasons()).toHaveLength(19);
    expect(world.events.at(-1)).toEqual({
      type: 'auto-commit.checked',
      due: 21,
      requested: 19,
      deaths: 0,
      failed: 1,
      lagMs: HOUR_MS,
      complete: true,
    });
    expect((await world.store.readMeta(keys[0] ?? key))?.checkAtMs).toBe(world.clock.now() + 5 * MINUTE_MS);
  });

  test('ends when its time is up, and leaves the rest to the next run', async () => {
    const world = await autoCommitWorld(idle);
    await world.append('one');
    await world.clock.advance(HOUR_MS);
    await world.runChecks(AbortSignal.abort());
    expect(world.events).toEqual([
      { type: 'auto-commit.checked', due: 0, requested: 0, deaths: 0, failed: 0, lagMs: 0, complete: false },
    ]);
    await world.runChecks();
    expect(world.reasons()).toEqual(['idle']);
  });

  test('fails, so that somebody hears of it, when the sessions that are due cannot be listed', async () => {
    const world = await autoCommitWorld(idle);
    const listDueChecks = () => Promise.reject(new Error('the index is away'));
    expect(await autoCommitRun({ ...world.context, store: { ...world.store, listDueChecks } })).toBe(
      'failed',
    );
    expect(world.events.map(({ type }) => type)).toEqual(Array(8).fill('auto-commit.list-failed'));
  });
});
