import { describe, expect, test } from 'vitest';
import { appendAndCommit } from '../../lib/auto-commit/index.ts';
import { commitWorld, key } from '../support/commit-world.ts';
import { crashAt, type Fault, InjectedCrash } from '../support/failing-port.ts';
import { autoCommitWorld } from './auto-commit-world.ts';

const MINUTE_MS = 60_000;

describe('an append to a session with a policy', () => {
  test('asks for a commit when it makes the messages as many as the policy says, and says which', async () => {
    const world = await autoCommitWorld({ messageCount: 3 });
    expect(await world.append('one')).not.toHaveProperty('autoCommit');
    await world.append('two');
    const { autoCommit } = await world.append('three');
    expect([...world.commits.sent.values()]).toMatchObject([
      { commitId: autoCommit?.commitId, through: 3, keepRecent: 0 },
    ]);
    expect(await world.commit(autoCommit?.commitId ?? '')).toMatchObject({
      state: 'queued',
      reason: 'auto-commit: message-count',
    });
    await world.commitAll();
    expect(await world.contents()).toEqual({ archives: [['one', 'two', 'three']], live: [] });
  });

  test('counts anew from each request, whoever makes it', async () => {
    const world = await autoCommitWorld({ messageCount: 2 });
    for (const text of ['one', 'two', 'three', 'four', 'five']) await world.append(text);
    expect(world.reasons()).toEqual(['message-count', 'message-count']);
    await world.commitAll();
    expect(await world.contents()).toEqual({
      archives: [
        ['one', 'two'],
        ['three', 'four'],
      ],
      live: ['five'],
    });
  });

  test('asks for a commit when the tokens are as many', async () => {
    const world = await autoCommitWorld({ messageCount: null, pendingTokens: 15, keepRecent: 1 });
    await world.append('hello');
    expect(world.reasons()).toEqual([]);
    await world.append('the quick brown fox jumps over the lazy dog, and then it runs away into the woods');
    expect(world.reasons()).toEqual(['pending-tokens']);
    await world.commitAll();
    expect((await world.contents()).live).toHaveLength(1);
  });

  test('is one of many at the same moment, of which each multiple of the threshold asks once', async () => {
    const world = await autoCommitWorld({ messageCount: 10 });
    const texts = Array.from({ length: 45 }, (_, index) => `message ${index}`);
    const answers = await Promise.all(texts.map((text) => world.append(text)));
    expect(answers.filter(({ autoCommit }) => autoCommit)).toHaveLength(4);
    await world.settle();
    const { archives, live } = await world.contents();
    expect(live).toEqual([]);
    expect(archives.flat().sort()).toEqual(texts.sort());
  });

  test('waits until the least interval has passed, and the schedule then asks', async () => {
    const world = await autoCommitWorld({ messageCount: 1, minIntervalSeconds: 600 });
    await world.append('one');
    expect(world.reasons()).toEqual(['message-count']);
    await world.commitAll();
    await world.append('two');
    await world.append('three');
    await world.clock.advance(599_000);
    await world.runChecks();
    expect(world.reasons()).toHaveLength(1);
    await world.clock.advance(1_000);
    await world.runChecks();
    expect(world.reasons()).toEqual(['message-count', 'message-count']);
    await world.commitAll();
    expect(await world.contents()).toEqual({ archives: [['one'], ['two', 'three']], live: [] });
  });

  test('is stored, and answered, when the queue is out of reach; the schedule makes up for it', async () => {
    const world = await autoCommitWorld({ messageCount: 1 });
    const send = () => Promise.reject(new Error('the queue is away'));
    const answer = await world.append('one', { ...world.context, commits: { send } });
    expect(answer).toMatchObject({ position: 1, duplicate: false });
    expect(answer).not.toHaveProperty('autoCommit');
    expect(world.events.map(({ type }) => type)).toEqual(['auto-commit.failed']);
    await world.clock.advance(MINUTE_MS);
    await world.runChecks();
    expect(world.reasons()).toEqual(['message-count']);
    await world.commitAll();
    expect((await world.contents()).archives).toEqual([['one']]);
  });

  test('takes one request more when it is the first after a commit, and none more after it', async () => {
    const world = await autoCommitWorld({});
    await world.settle();
    const counter = crashAt(Number.POSITIVE_INFINITY, 'before');
    const counted = { ...world.context, store: counter.wrap(world.store) };
    await world.append('one', counted);
    expect(counter.calls).toBe(3);
    await world.append('two', counted);
    expect(counter.calls).toBe(5);
  });

  test('has a check scheduled before it is written', async () => {
    const world = await autoCommitWorld({});
    await world.settle();
    const crash = crashAt(3, 'before');
    await expect(world.append('one', { ...world.context, store: crash.wrap(world.store) })).rejects.toThrow(
      InjectedCrash,
    );
    expect((await world.meta()).checkAtMs).toBeGreaterThan(world.clock.now());
    expect((await world.contents()).live).toEqual([]);
  });

  test.each<Fault>(['before', 'after'])(
    'that crashes %s any of its calls leaves no message behind that nobody commits',
    async (fault) => {
      const calls = 7;
      const outcomes = new Set<string>();
      for (let call = 1; call <= calls; call += 1) {
        const world = await autoCommitWorld({ messageCount: 2, idleSeconds: null });
        await world.settle();
        await world.append('one');
        const crash = crashAt(call, fault);
        const doomed = {
          ...world.context,
          store: crash.wrap(world.store),
          commits: crash.wrap(world.commits),
        };
        await world.append('two', doomed).catch(() => 'the frontend hears of it');
        expect(crash.crashed, `there are more calls than ${call - 1}`).toBe(true);
        const isStored = (await world.contents()).live.includes('two');
        await world.settle();
        const { archives, live } = await world.contents();
        expect(archives.flat(), `call ${call}`).toEqual(isStored ? ['one', 'two'] : archives.flat());
        expect([...archives.flat(), ...live]).toEqual(isStored ? ['one', 'two'] : ['one']);
        outcomes.add(`${isStored} ${live.length}`);
      }
      expect(outcomes).toContain('true 0');
    },
  );
});

test('an append to a session without a policy takes its two requests, and asks for nothing', async () => {
  const world = await commitWorld();
  const counter = crashAt(Number.POSITIVE_INFINITY, 'before');
  const context = {
    store: counter.wrap(world.store),
    clock: world.clock,
    newId: world.log.newId,
    commits: counter.wrap({ send: async () => undefined }),
    onEvent: (event: { readonly type: string }) => expect.fail(event.type),
  };
  for (let index = 0; index < 200; index += 1) {
    await appendAndCommit(context, key, [{ role: 'user', content: 'hello' }]);
  }
  expect(counter.calls).toBe(400);
});
