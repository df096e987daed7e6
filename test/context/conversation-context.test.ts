import { beforeEach, describe, expect, it } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import { conversationContext } from '../../lib/context/index.ts';
import { followUpArchive } from '../../lib/follow-up/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import type { Model } from '../../lib/model/index.ts';
import { inProcessMemoryStore, SessionNotFoundError } from '../../lib/store/index.ts';
import { commitWorld, key } from '../support/commit-world.ts';
import { crashAt } from '../support/failing-port.ts';

const signal = new AbortController().signal;
const PLENTY = 100_000;

let world: Awaited<ReturnType<typeof commitWorld>>;
beforeEach(async () => {
  world = await commitWorld();
});

async function say(...contents: string[]): Promise<void> {
  for (const content of contents) await world.append(content);
}

async function commit(...contents: string[]): Promise<number> {
  await say(...contents);
  const { archive = 0 } = await commitSession(world.context, world.message(`c-${contents[0]}`), signal);
  return archive;
}

/** A summary names what it was made of. */
const model: Model = {
  name: 'naming',
  async summarise({ messages, previousSummary }) {
    const own = messages.map(({ content }) => content).join('+');
    return { value: previousSummary === undefined ? own : `(${previousSummary}) ${own}` };
  },
  extract: async () => ({ value: { memories: [], rejected: [] } }),
};

async function summarise(archive: number): Promise<void> {
  const { store, context } = world;
  const memories = inProcessMemoryStore();
  const onEvent = () => 'of no interest here';
  const followUp = { ...key, archive, commitId: `c-${archive}` };
  const models = { model, fallback: model, memories };
  const deps = { store, lease: context.lease, limits: defaultLimits, owner: 'w', onEvent };
  await followUpArchive({ ...deps, ...models }, followUp, signal);
}

async function texts(tokenBudget = PLENTY) {
  const { summaries, messages, dropped, tokens } = await conversationContext(
    world.store,
    key,
    tokenBudget,
    world.context.lease,
  );
  expect(tokens).toBeLessThanOrEqual(tokenBudget);
  return {
    summaries: summaries.map(({ text }) => text),
    messages: messages.map(({ content }) => content),
    ...(dropped && { dropped }),
  };
}

describe('the context of a conversation', () => {
  it('is its messages while nothing is committed', async () => {
    await say('a', 'b');
    expect(await texts()).toEqual({ summaries: [], messages: ['a', 'b'] });
  });

  it('is the latest summary and what is live', async () => {
    await summarise(await commit('a', 'b'));
    await summarise(await commit('c'));
    await say('d');
    expect(await texts()).toEqual({ summaries: ['(a+b) c'], messages: ['d'] });
  });

  it('has the messages of archives whose summary is not finished', async () => {
    await summarise(await commit('a'));
    await commit('b', 'c');
    await say('d');
    expect(await texts()).toEqual({ summaries: ['a'], messages: ['b', 'c', 'd'] });
  });

  it('has the messages of an archive that was passed over, and once it is replayed, its summary', async () => {
    await summarise(await commit('a'));
    const passedOver = await commit('b');
    await summarise(await commit('c'));
    expect(await texts()).toEqual({ summaries: ['(a) c'], messages: ['b'] });

    await summarise(passedOver);
    expect(await texts()).toEqual({ summaries: ['(a) b', '(a) c'], messages: [] });

    await summarise(await commit('d'));
    expect(await texts()).toEqual({ summaries: ['((a) b\n\n(a) c) d'], messages: [] });
  });

  it('loses no message wherever the commit that moves them stops', async () => {
    for (const fault of ['before', 'after'] as const) {
      for (let call = 1; ; call += 1) {
        world = await commitWorld();
        await summarise(await commit('a'));
        await say('b', 'c');
        const crash = crashAt(call, fault);
        const context = { ...world.context, store: crash.wrap(world.store) };
        await commitSession(context, world.message('c-2'), signal).catch((error: unknown) => error);
        if (!crash.crashed) break;
        await say('d');
        expect(await texts(), `call ${call} ${fault}`).toEqual({
          summaries: ['a'],
          messages: ['b', 'c', 'd'],
        });
      }
    }
  });

  it('reads again when a commit overtakes it', async () => {
    await say('a', 'b');
    let reads = 0;
    const store = {
      ...world.store,
      async readRange(...args: Parameters<typeof world.store.readRange>) {
        if (reads++ === 0) await commitSession(world.context, world.message('c-1'), signal);
        return world.store.readRange(...args);
      },
    };
    const { messages } = await conversationContext(store, key, PLENTY, world.context.lease);
    expect(messages.map(({ content }) => content)).toEqual(['a', 'b']);
  });

  it('is of a session that there is', async () => {
    await expect(
      conversationContext(world.store, { ...key, session: 'nowhere' }, PLENTY, world.context.lease),
    ).rejects.toThrow(SessionNotFoundError);
  });
});

describe('a context that does not fit its budget', () => {
  const words = (first: string) => `${first} ${'word '.repeat(100)}`;

  it('keeps the summary and the newest messages, and says what it dropped', async () => {
    await summarise(await commit('a'));
    await say(words('b'), words('c'), words('d'));

    const { summaries, messages, dropped } = await conversationContext(
      world.store,
      key,
      250,
      world.context.lease,
    );

    expect(summaries.map(({ text }) => text)).toEqual(['a']);
    expect(messages.map(({ content }) => content[0])).toEqual(['c', 'd']);
    expect(dropped).toEqual({ messagesThrough: 2 });
  });

  it('drops a summary that is too long', async () => {
    await summarise(await commit(words('a')));
    await say('b');
    expect(await texts(20)).toEqual({ summaries: [], messages: ['b'], dropped: { summariesThrough: 1 } });
  });

  it('gives 100 archives that no summary carries on, and says from where others are missing', async () => {
    for (let archive = 1; archive <= 103; archive += 1) await commit(`m-${archive}`);
    const { messages, dropped } = await texts();
    expect(messages).toEqual(Array.from({ length: 100 }, (_, index) => `m-${index + 4}`));
    expect(dropped).toEqual({ messagesThrough: 3 });
    await summarise(3);
    expect(await texts()).toMatchObject({ summaries: [], dropped: { summariesThrough: 3 } });
  });

  it('may be as small as nothing', async () => {
    await say('a');
    expect(await texts(1)).toEqual({ summaries: [], messages: [], dropped: { messagesThrough: 1 } });
  });
});
