import { describe, expect, test } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import { type FollowUpContext, handleFollowUp } from '../../lib/follow-up/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { builtInCategories, mergeStatements, type Statement } from '../../lib/memory/index.ts';
import { type Model, modelFrom, offlineModel } from '../../lib/model/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { cleanText } from '../../lib/text/index.ts';
import { type Asked, modelServer, type Reply } from '../model/language/model-server.ts';
import { failing, hanging, saying } from '../model/language/replies.ts';
import { commitWorld, key } from '../support/commit-world.ts';
import { statementOf } from '../support/statement-of.ts';

const MAX_RECEIVE_COUNT = 3;
const scope = { tenant: 'acme', scope: 'ann' };
const forever = new AbortController().signal;
const isExtraction = ({ response_format }: Asked) => response_format !== undefined;

/** What a model that works says; the id of the only message is the archive's. */
function working(asked: Asked): Reply {
  if (!isExtraction(asked)) return saying('Ann lives in Bergen.');
  const [, messageId] = /message (\S+) \|/.exec(asked.messages.at(-1)?.content ?? '') ?? [];
  const fact = {
    category: 'profile',
    key: 'home-city',
    text: 'Ann lives in Bergen.',
    confidence: 1,
    messageId,
  };
  return saying({ memories: [fact] });
}

async function setUp(model: Model, content = 'I live in Bergen.') {
  const world = await commitWorld();
  await world.store.updateSettings(key, { memoryCategories: builtInCategories });
  const events: { type: string }[] = [];
  const memories = inProcessMemoryStore(world.store.sessions);
  const context: FollowUpContext = {
    store: world.store,
    memories,
    model,
    fallback: offlineModel(),
    lease: world.context.lease,
    limits: defaultLimits,
    owner: 'worker-1',
    onEvent: (event) => events.push(event),
  };
  await world.append(content);
  await commitSession(world.context, world.message('c-1'), forever);
  const body = JSON.stringify({ ...key, archive: 1, commitId: 'c-1' });
  const deliver = (receiveCount: number, signal = forever) => {
    const delivery = { messageId: 'm', receiptHandle: 'r', group: 'g', body, receiveCount };
    return handleFollowUp(context, delivery, { maxReceiveCount: MAX_RECEIVE_COUNT, signal }).then(
      () => 'done',
      (error: unknown) => error,
    );
  };
  const timeline = async () =>
    ((await world.commit('c-1'))?.timeline ?? [])
      .slice(2)
      .map(({ event, attempt, detail }) =>
        [event, attempt && `attempt ${attempt}`, detail].filter((part) => part !== undefined).join(': '),
      );
  const known = async () => (await memories.listMemories(scope, { limit: 10 })).memories;
  const remember = (...statements: Statement[]) =>
    mergeStatements({ ...world.context.lease, memories }, scope, statements);
  return { ...world, memories, context, events, deliver, timeline, known, remember };
}

/** Delivers until it is done or dead-lettered, with a server that answers each attempt as told. */
async function afterAttempts(replyTo: (asked: Asked, attempt: number) => Reply) {
  let attempt = 0;
  await using server = await modelServer((asked) => replyTo(asked, attempt));
  const world = await setUp(modelOn(server.baseUrl));
  const outcomes: unknown[] = [];
  for (attempt = 1; attempt <= MAX_RECEIVE_COUNT; attempt += 1) {
    const outcome = await world.deliver(attempt);
    outcomes.push(outcome);
    const isFinal = (outcome as { retry?: { retryable: boolean } }).retry?.retryable === false;
    if (outcome === 'done' || isFinal) break;
  }
  const manifest = await world.store.readManifest(key, 1);
  return {
    ...world,
    outcomes,
    state: (await world.commit('c-1'))?.state,
    followUp: manifest?.followUp,
    lines: await world.timeline(),
    asked: server.asked,
  };
}

function modelOn(baseUrl: string): Model {
  let marks = 0;
  const newMark = () => {
    marks += 1;
    return `mark-${marks}`;
  };
  return modelFrom(
    { model: 'openai-compatible:small', baseUrl },
    { clock: { now: () => Date.parse('2026-01-01T00:00:00Z') }, newMark },
  );
}

describe('a commit whose model', () => {
  test('works is completed, and the manifest says by which model, with which prompts, at what cost', async () => {
    const { outcomes, state, followUp, lines, known, events } = await afterAttempts(working);
    expect(outcomes).toEqual(['done']);
    expect(state).toBe('completed');
    expect(lines).toEqual(['summary', 'extraction', 'merge', 'completed']);
    const usage = { inputTokens: 100, outputTokens: 20 };
    const by = 'openai-compatible:small';
    expect(followUp).toMatchObject({
      state: 'completed',
      summary: { by, text: 'Ann lives in Bergen.', promptVersion: 'summary.v1', usage },
      extraction: { by, promptVersion: 'extraction.v2', usage },
    });
    expect(followUp?.extraction).not.toHaveProperty('rejected');
    expect(await known()).toMatchObject([{ category: 'profile', key: 'home-city' }]);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'follow-up.step', step: 'summary', usage }),
    );
  });

  const passing: [string, Reply, string][] = [
    ['limits our rate', failing(429), 'Model openai-compatible:small is not available: HTTP 429.'],
    ['fails', failing(500), 'Model openai-compatible:small is not available: HTTP 500.'],
    ['writes nothing', saying(''), 'Model openai-compatible:small returned an empty answer.'],
    [
      'is cut off',
      saying('Ann', 'length'),
      'Model openai-compatible:small returned an answer that was truncated at its limit.',
    ],
  ];

  test.each(passing)('%s once is completed by the next delivery', async (_name, reply, problem) => {
    const { outcomes, state, lines } = await afterAttempts((asked, attempt) =>
      attempt === 1 ? reply : working(asked),
    );
    expect(outcomes).toEqual([expect.objectContaining({ message: problem }), 'done']);
    expect(state).toBe('completed');
    expect(lines).toEqual([
      `follow-up-failed: attempt 1: ${problem}`,
      'summary',
      'extraction',
      'merge',
      'completed',
    ]);
  });

  test.each(passing)(
    '%s each time is dead-lettered after the last delivery',
    async (_name, reply, problem) => {
      const { state, followUp, lines, asked } = await afterAttempts(() => reply);
      expect(state).toBe('dead-lettered');
      expect(followUp).toEqual({ state: 'dead-lettered' });
      expect(asked).toHaveLength(MAX_RECEIVE_COUNT);
      expect(lines).toEqual([
        `follow-up-failed: attempt 1: ${problem}`,
        `follow-up-failed: attempt 2: ${problem}`,
        `dead-lettered: attempt 3: ${problem}`,
      ]);
    },
  );

  test.each([
    ['is not allowed', failing(403), 'HTTP 403, the key or the role may not use it'],
    ['filters the conversation', saying('', 'content_filter'), 'its content filter stepped in'],
  ])('%s is dead-lettered at once', async (_name, reply, reason) => {
    const { state, lines, asked } = await afterAttempts(() => reply);
    expect(state).toBe('dead-lettered');
    expect(asked).toHaveLength(1);
    expect(lines).toEqual([`dead-lettered: attempt 1: Model openai-compatible:small refused: ${reason}.`]);
  });

  test('finds memories in a wrong form twice keeps its summary, and goes on with the extraction', async () => {
    const { state, lines, asked, followUp } = await afterAttempts((one, attempt) =>
      attempt === 1 && isExtraction(one) ? saying({ facts: [] }) : working(one),
    );
    expect(state).toBe('completed');
    expect(asked.filter((one) => !isExtraction(one))).toHaveLength(1);
    expect(asked.filter(isExtraction)).toHaveLength(3);
    expect(followUp?.extraction).toMatchObject({ outcome: 'done', promptVersion: 'extraction.v2' });
    expect(lines).toEqual([
      'summary',
      'follow-up-failed: attempt 1: Model openai-compatible:small returned memories that do not match the schema, twice.',
      'extraction',
      'merge',
      'completed',
    ]);
  });

  test('gives one memory that cannot be used is completed with the others, and says so', async () => {
    const { state, lines, followUp, events, known } = await afterAttempts((asked) => {
      if (!isExtraction(asked)) return working(asked);
      const [, messageId] = /message (\S+) \|/.exec(asked.messages.at(-1)?.content ?? '') ?? [];
      const fact = { category: 'profile', key: 'home-city', text: 'Ann …', confidence: 1, messageId };
      return saying({ memories: [fact, { ...fact, key: '?!' }] });
    });
    expect(state).toBe('completed');
    expect(await known()).toHaveLength(1);
    expect(followUp?.extraction).toMatchObject({ outcome: 'done', rejected: 1 });
    expect(lines).toContain('extraction: 1 of the model’s memories could not be used, and were dropped');
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'follow-up.rejected',
        model: 'openai-compatible:small',
        count: 1,
        reasons: [expect.stringContaining('memory 2: key: ')],
      }),
    );
  });

  test('gives halves of emoji and control characters is completed without them', async () => {
    const { state, followUp, known } = await afterAttempts((asked) => {
      if (!isExtraction(asked)) return saying('Ann\u0000 likes\u001b[1m tea\ud83d 👩‍👩‍👧‍👦.\r\nBye\udc4d.');
      const [, messageId] = /message (\S+) \|/.exec(asked.messages.at(-1)?.content ?? '') ?? [];
      const fact = { category: 'profile', key: 'home-city', confidence: 1, messageId };
      return saying({
        memories: [
          { ...fact, text: 'Ann\u0007 lives in \ud83dBergen 🇳🇴.' },
          { ...fact, key: 'no\u0000key', text: 'Ann.' },
          { ...fact, key: 'nothing', text: '\u0000\udc4d ' },
        ],
      });
    });
    expect(state).toBe('completed');
    expect(followUp?.summary).toMatchObject({ text: 'Ann likes[1m tea 👩‍👩‍👧‍👦.\nBye.' });
    expect(followUp?.extraction).toMatchObject({ rejected: 1 });
    expect(await known()).toMatchObject([{ text: 'Ann lives in Bergen 🇳🇴.' }, { key: 'no-key' }]);
  });

  test('is asked in well-formed text, whatever was appended', async () => {
    await using server = await modelServer(working);
    const { deliver } = await setUp(modelOn(server.baseUrl), 'half \ud83d, null \u0000, whole 👍🏽, \u0007');
    expect(await deliver(1)).toBe('done');
    expect(server.asked).toHaveLength(2);
    for (const { messages } of server.asked) {
      expect(messages.at(-1)?.content).toContain('\nhalf , null , whole 👍🏽, \n');
      for (const { content } of messages) expect(cleanText(content)).toBe(content);
    }
  });

  test('hangs is given up when the worker has no more time, with its reason', async () => {
    await using server = await modelServer(() => hanging);
    const { deliver, timeline } = await setUp(modelOn(server.baseUrl));
    const stop = new AbortController();
    const reason = new Error('no more time');
    const delivery = deliver(1, stop.signal);
    await server.untilAsked(1);
    stop.abort(reason);
    expect(await delivery).toBe(reason);
    expect(await timeline()).toEqual(['follow-up-failed: attempt 1: no more time']);
  });

  test('hangs is replaced by the offline one when its time is up, where the limits say so', async () => {
    await using server = await modelServer(() => hanging);
    const { clock, context, store, commit } = await setUp(modelOn(server.baseUrl));
    const followUp = {
      ...defaultLimits.followUp,
      onSummaryTimeout: 'fallback',
      onExtractionTimeout: 'fallback',
    } as const;
    const limited = { ...context, limits: { ...defaultLimits, followUp } };
    const body = JSON.stringify({ ...key, archive: 1, commitId: 'c-1' });
    const delivery = { messageId: 'm', receiptHandle: 'r', group: 'g', body, receiveCount: 1 };
    const work = handleFollowUp(limited, delivery, { maxReceiveCount: 2, signal: forever });
    for (const count of [1, 2]) {
      await server.untilAsked(count);
      await clock.advance(defaultLimits.followUp.extractionTimeoutMs);
    }
    await work;
    expect(await commit('c-1')).toMatchObject({ state: 'completed' });
    expect((await store.readManifest(key, 1))?.followUp).toMatchObject({
      summary: { outcome: 'done', by: 'offline:extractive' },
      extraction: { outcome: 'done', by: 'offline:extractive' },
    });
  });
});

describe('what is known of the scope', () => {
  test('is given to the model, so that a correction finds the memory that it corrects', async () => {
    await using server = await modelServer((asked) => {
      const prompt = asked.messages.at(-1)?.content ?? '';
      const knows = prompt.includes('{"category":"profile","key":"town","text":"Ann lives in Oslo."}');
      const [, messageId] = /message (\S+) \|/.exec(prompt) ?? [];
      const fact = { category: 'profile', text: 'Ann lives in Bergen.', confidence: 1, messageId };
      return isExtraction(asked)
        ? saying({ memories: [{ ...fact, key: knows ? 'town' : 'home-city' }] })
        : working(asked);
    });
    const { memories, deliver, known, remember } = await setUp(modelOn(server.baseUrl));
    await remember(statementOf('Ann lives in Oslo.', { key: 'town' }));
    expect(await deliver(1)).toBe('done');
    expect(await known()).toMatchObject([
      { key: 'town', text: 'Ann lives in Bergen.', by: { session: 'chat', archive: 1 } },
    ]);
    const subject = { category: 'profile', key: 'town' } as const;
    const { statements } = await memories.listStatements(scope, subject, {});
    expect(statements.map(({ text }) => text)).toEqual(['Ann lives in Bergen.', 'Ann lives in Oslo.']);
  });

  test('comes with what the conversation speaks of first, and only in the wanted categories', async () => {
    await using server = await modelServer(working);
    const { deliver, remember, store } = await setUp(modelOn(server.baseUrl));
    await store.updateSettings(key, { memoryCategories: ['profile'] });
    const facts = Array.from({ length: 250 }, (_, index) =>
      statementOf(`Fact ${index}.`, { key: `a-${index}` }),
    );
    await remember(
      ...facts,
      statementOf('Ann knows the zoo of Bergen.', { key: 'zoo' }),
      statementOf('Bergen!', { category: 'event', key: 'b' }),
    );
    expect(await deliver(1)).toBe('done');
    const prompt = server.asked.find(isExtraction)?.messages.at(-1)?.content ?? '';
    const lines = prompt.split('\n').filter((line) => line.startsWith('{"category"'));
    expect(lines).toHaveLength(100);
    expect(lines[0]).toContain('"zoo"');
    expect(lines.join()).not.toContain('"event"');
  });
});
