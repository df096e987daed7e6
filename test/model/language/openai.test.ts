import { afterEach, expect, test, vi } from 'vitest';
import { modelFrom } from '../../../lib/model/index.ts';
import { forever, said } from './asking.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([
  ['https://api.openai.com/v1', { max_completion_tokens: 8_000 }],
  ['https://mine.openai.azure.com/openai/v1', { max_completion_tokens: 8_000 }],
  ['https://models.example/v1', { max_tokens: 8_000 }],
  ['https://notopenai.com/v1', { max_tokens: 8_000 }],
])('the server at %s is told the limit of an answer by the name that it knows', async (baseUrl, limit) => {
  const bodies: Record<string, unknown>[] = [];
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    bodies.push(JSON.parse(body));
    const message = { role: 'assistant', content: 'fine' };
    return Response.json({ choices: [{ index: 0, finish_reason: 'stop', message }] });
  });
  const settings = { model: 'openai-compatible:small', baseUrl };
  const model = modelFrom(settings, { clock: { now: () => 0 }, newMark: () => 'mark' });
  await model.summarise({ messages: said('hello'), signal: forever });
  const [{ max_tokens, max_completion_tokens } = {}] = bodies;
  expect({ max_tokens, max_completion_tokens }).toEqual({
    max_tokens: undefined,
    max_completion_tokens: undefined,
    ...limit,
  });
});
