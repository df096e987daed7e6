import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtInCategories, extractedMemorySchema } from '../../lib/memory/index.ts';
import { offlineModel } from '../../lib/model/index.ts';
import { extractFrom, said, summaryOf, userSays } from './said.ts';

const openings = [
  'I live in ',
  "I'm a ",
  'My name is ',
  'I love ',
  'I always ',
  'Yesterday I bought ',
  'We go on 3 May to ',
  'My sister ',
  "I'm allergic to ",
  'That fixed it. ',
  'It crashes: ',
];
const words = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.lorem(),
  fc.constantFrom('Zoë', 'Łódź', '```'),
);
const content = fc
  .array(fc.tuple(fc.constantFrom('', ...openings), words, fc.constantFrom('', '.', '\n', '?', ', ')), {
    minLength: 1,
  })
  .map((parts) => parts.flat().join(''))
  .filter((text) => text !== '');
const message = fc
  .record({
    content,
    role: fc.constantFrom('user' as const, 'assistant' as const, 'tool' as const),
    name: fc.option(fc.constantFrom('Ewa', 'Юлия', '李', '42', ' ', 'x'.repeat(90)), { nil: undefined }),
  })
  .map(({ name, ...rest }) => said(rest.content, { ...rest, ...(name !== undefined && { name }) }));
const conversation = fc.array(message, { maxLength: 8 });

describe('whatever is said', () => {
  test('memories are valid, with one per category and key', async () => {
    await fc.assert(
      fc.asyncProperty(conversation, async (messages) => {
        const memories = await extractFrom(messages);
        for (const memory of memories) expect(extractedMemorySchema.parse(memory)).toEqual(memory);
        const keys = memories.map(({ category, key }) => `${category}#${key}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  test('a summary is never empty and never long', async () => {
    await fc.assert(
      fc.asyncProperty(conversation, fc.option(content, { nil: undefined }), async (messages, previous) => {
        const summary = await summaryOf(messages, previous);
        expect(summary.trim()).not.toBe('');
        expect(summary.length).toBeLessThanOrEqual(1_500);
      }),
    );
  });

  test('another model gives the same answer', async () => {
    await fc.assert(
      fc.asyncProperty(conversation, async (messages) => {
        const { signal } = new AbortController();
        const other = offlineModel();
        const request = { messages, signal };
        expect(await other.summarise(request)).toEqual({ value: await summaryOf(messages) });
        const extraction = await other.extract({ ...request, categories: builtInCategories, known: [] });
        expect(extraction.value).toEqual({ memories: await extractFrom(messages), rejected: [] });
      }),
      { numRuns: 10 },
    );
  });
});

describe('an abort', () => {
  const reason = new Error('no more time');
  const long = userSays(...Array.from({ length: 300 }, (_, index) => `I live in Town${index}. I love jazz.`));
  const model = offlineModel();
  const calls = {
    summarise: (signal: AbortSignal) => model.summarise({ messages: long, signal }),
    extract: (signal: AbortSignal) =>
      model.extract({ messages: long, categories: builtInCategories, known: [], signal }),
  };

  test.each(Object.entries(calls))('before %s ends it with its reason', async (_, call) => {
    await expect(call(AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  test.each(Object.entries(calls))('during %s ends it with its reason', async (_, call) => {
    await call(new AbortController().signal);
    const controller = new AbortController();
    let turns = 0;
    const countTurns = () => {
      turns += 1;
      if (turns === 20) controller.abort(reason);
      else setImmediate(countTurns);
    };
    setImmediate(countTurns);
    await expect(call(controller.signal)).rejects.toBe(reason);
  });
});
