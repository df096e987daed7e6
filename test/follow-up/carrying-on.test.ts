import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ArchiveRange } from '../../lib/archive/index.ts';
import { commitSession } from '../../lib/commit/index.ts';
import { conversationContext } from '../../lib/context/index.ts';
import { followUpArchive } from '../../lib/follow-up/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { type Model, ModelRefusedError, modelFrom } from '../../lib/model/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { estimateTokens } from '../../lib/tokens/index.ts';
import { type Asked, modelServer, type Reply } from '../model/language/model-server.ts';
import { failing, saying } from '../model/language/replies.ts';
import { commitWorld, key } from '../support/commit-world.ts';

const signal = new AbortController().signal;
const MARKS = /\[\d+\]/g;
const marksIn = (text: string) => [...new Set(text.match(MARKS) ?? [])];
const numberOf = (mark: string) => Number(mark.slice(1, -1));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const inside = (covers: readonly ArchiveRange[]) =>
  covers.flatMap(([first, last]) => upTo(last).filter((archive) => archive >= first));

/** A summary names what it was made of, behind as many words as a talkative model writes. */
const summaryOf = (text: string, words = 600) =>
  `${'They talked. '.repeat(words / 2)}${marksIn(text).join(' ')}`;

/** One session whose archives each hold a mark of their own. */
async function session() {
  const world = await commitWorld();
  let archives = 0;

  async function commit(): Promise<number> {
    archives += 1;
    await world.append(`On day [${archives}] nothing happened.`);
    await commitSession(world.context, world.message(`c-${archives}`), signal);
    return archives;
  }

  /** Follows an archive up; with a model that is down, it is dead-lettered, as far as later ones can see. */
  async function followUp(archive: number, model: Model): Promise<void> {
    const { store, context } = world;
    const common = { lease: context.lease, limits: defaultLimits, owner: 'w', onEvent: () => undefined };
    const models = { model, fallback: model, memories: inProcessMemoryStore(store.sessions) };
    await followUpArchive(
      { store, ...common, ...models },
      { ...key, archive, commitId: `c-${archive}` },
      signal,
    );
  }

  async function summary(archive: number) {
    const result = (await world.store.readManifest(key, archive))?.followUp.summary;
    return result?.outcome === 'done' ? result : undefined;
  }

  const context = (tokenBudget = 1_000_000) =>
    conversationContext(world.store, key, tokenBudget, world.context.lease);
  return { commit, followUp, summary, context };
}

/** A server that takes no more than its window holds, as they all do. */
function strictServer(windowTokens: number) {
  return modelServer((asked: Asked): Reply => {
    const prompt = asked.messages.map(({ content }) => content).join('\n');
    const tokens = estimateTokens(prompt) + asked.max_tokens;
    return tokens > windowTokens
      ? failing(400, { code: 'context_length_exceeded' })
      : saying(summaryOf(prompt));
  });
}

function modelOn(baseUrl: string, contextWindowTokens: number): Model {
  return modelFrom(
    { model: 'openai-compatible:small', baseUrl, contextWindowTokens },
    { clock: { now: () => 0 }, newMark: () => '0123456789abcdef' },
  );
}

describe.each([8_000, 32_000, 128_000])('with a model whose window has %i tokens', (windowTokens) => {
  test.each(['in order', 'newest first'])(
    '24 archives that failed, replayed %s, hinder no later one',
    async (order) => {
      await using server = await strictServer(windowTokens);
      const model = modelOn(server.baseUrl, windowTokens);
      const { commit, followUp, summary, context } = await session();
      for (const _ of upTo(25)) await commit();
      await followUp(25, model);
      const replays = order === 'in order' ? upTo(24) : upTo(24).toReversed();
      for (const archive of replays) await followUp(archive, model);

      const before = await context();
      expect(before.summaries.length).toBe(order === 'in order' ? 2 : 25);
      expect(before.messages).toEqual([]);

      let last = 0;
      for (const _ of upTo(12)) {
        last = await commit();
        await followUp(last, model);
        expect(inside((await summary(last))?.covers ?? [])).toContain(last);
      }
      const after = await context();
      expect(after.summaries.at(-1)?.archive).toBe(last);
      expect(after.summaries.length).toBe(1);
      expect(inside((await summary(last))?.covers ?? [])).toEqual(upTo(last));
    },
  );

  test('a gap of two, and another one, are carried on', async () => {
    await using server = await strictServer(windowTokens);
    const model = modelOn(server.baseUrl, windowTokens);
    const { commit, followUp, summary, context } = await session();
    for (const archive of upTo(10)) {
      await commit();
      if (![4, 5, 8].includes(archive)) await followUp(archive, model);
    }
    for (const archive of [4, 5, 8]) await followUp(archive, model);
    // That of 8 was given 5's, and 5's was given 4's.
    expect((await context()).summaries.map(({ archive }) => archive)).toEqual([8, 10]);
    await commit();
    await followUp(11, model);
    expect((await summary(11))?.covers).toEqual([[1, 11]]);
    expect((await context()).summaries.map(({ archive }) => archive)).toEqual([11]);
  });
});

test('a model with a smaller window goes on where one with a larger one ended', async () => {
  await using server = await strictServer(8_000);
  const { commit, followUp, summary } = await session();
  const wordy: Model = {
    name: 'wordy',
    summarise: async ({ messages, previousSummary = '' }) => ({
      value: summaryOf(`${previousSummary} ${messages[0]?.content}`, 8_000),
    }),
    extract: async () => ({ value: { memories: [], rejected: [] } }),
  };
  for (const archive of upTo(3)) {
    await commit();
    await followUp(archive, wordy);
  }
  await commit();
  await followUp(4, modelOn(server.baseUrl, 8_000));
  const { text = '', covers = [] } = (await summary(4)) ?? {};
  expect(marksIn(text).map(numberOf).sort()).toEqual([1, 2, 3, 4]);
  expect(inside(covers)).toEqual([1, 2, 3, 4]);
});

/** Takes no more of what was before than it says, and tells how much it was given. */
function countingModel(maxPreviousTokens: number, words: number) {
  let most = 0;
  const model: Model = {
    name: 'counting',
    maxPreviousTokens,
    async summarise({ messages, previousSummary = '' }) {
      const tokens = estimateTokens(previousSummary);
      most = Math.max(most, tokens);
      if (tokens > maxPreviousTokens)
        throw new ModelRefusedError('counting', `${tokens} tokens are too many`);
      return { value: summaryOf(`${previousSummary} ${messages[0]?.content}`, words) };
    },
    extract: async () => ({ value: { memories: [], rejected: [] } }),
  };
  return { model, most: () => most };
}

/** In which order archives are committed, fail, succeed and are replayed. */
const history = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ type: fc.constant('commit' as const), fails: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('replay' as const), which: fc.nat() }) },
  ),
  { minLength: 1, maxLength: 40 },
);

test('every follow-up succeeds in the end, and says the truth of what it carries on, in any order', async () => {
  const previousTokens = fc.constantFrom(1_500, 6_000, 29_952);
  await fc.assert(
    fc.asyncProperty(history, previousTokens, fc.constantFrom(20, 600, 4_000), async (steps, most, words) => {
      const { commit, followUp, summary, context } = await session();
      const counting = countingModel(most, words);
      const failed: number[] = [];
      let last = 0;
      for (const step of steps) {
        if (step.type === 'commit') {
          last = await commit();
          if (step.fails) failed.push(last);
          else await followUp(last, counting.model);
        } else if (failed.length > 0) {
          const [archive = 0] = failed.splice(step.which % failed.length, 1);
          await followUp(archive, counting.model);
        }
      }
      for (const archive of failed) await followUp(archive, counting.model);

      expect(counting.most()).toBeLessThanOrEqual(Math.min(most, 16_000));
      for (const archive of upTo(last)) {
        const { text = '', covers = [] } = (await summary(archive)) ?? {};
        expect(inside(covers)).toEqual(
          marksIn(text)
            .map(numberOf)
            .sort((a, b) => a - b),
        );
      }
      const { summaries, messages } = await context();
      expect(messages).toEqual([]);
      const newestFirst = summaries.toReversed();
      const given = await Promise.all(newestFirst.map(({ archive }) => summary(archive)));
      const covered = given.map((one) => inside(one?.covers ?? []));
      expect([...new Set(covered.flat())].sort((a, b) => a - b)).toEqual(upTo(last));
      for (const [index, { archive }] of newestFirst.entries()) {
        expect(covered.slice(0, index).flat()).not.toContain(archive);
      }
    }),
    { numRuns: 150 },
  );
});
