import { MockLanguageModelV4 } from 'ai/test';
import { expect, test } from 'vitest';
import { languageModel } from '../../../lib/model/index.ts';
import { forever, said } from './asking.ts';

test('any model of the AI SDK will do; what it does not say of its usage is not made up', async () => {
  const provider = new MockLanguageModelV4({
    doGenerate: async () => ({
      content: [{ type: 'text', text: 'Ann lives in Bergen.' }],
      finishReason: { unified: 'stop', raw: 'done' },
      usage: {
        inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
        outputTokens: { total: undefined, text: undefined, reasoning: undefined },
      },
      warnings: [],
    }),
  });
  const model = languageModel({
    name: 'mock:any',
    provider: async () => provider,
    contextWindowTokens: 100_000,
    maxOutputTokens: 500,
    clock: { now: () => 0 },
    newMark: () => 'mark',
  });
  expect(await model.summarise({ messages: said('I live in Bergen.'), signal: forever })).toEqual({
    value: 'Ann lives in Bergen.',
    promptVersion: 'summary.v1',
  });
  expect(provider.doGenerateCalls.map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([500]);
});
