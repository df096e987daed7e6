import { describe, expect, test } from 'vitest';
import { ModelRefusedError, UnusableOutputError } from '../../../lib/model/index.ts';
import { extraction, memory, modelOn, said } from './asking.ts';
import { modelServer, type Reply } from './model-server.ts';
import { saying } from './replies.ts';

const messages = said('I live in Bergen.', 'Nice.', 'I moved to Oslo.');

async function extracting(...replies: Reply[]) {
  await using server = await modelServer(replies);
  const outcome = await modelOn(server)
    .extract(extraction(messages))
    .catch((error: unknown) => error);
  return { outcome, asked: server.asked };
}

const usage = { inputTokens: 100, outputTokens: 20 };
const twice = { inputTokens: 200, outputTokens: 40 };

describe('an extraction', () => {
  test('gives what the model found', async () => {
    const { outcome, asked } = await extracting(saying({ memories: [memory] }));
    expect(outcome).toEqual({
      value: { memories: [memory], rejected: [] },
      promptVersion: 'extraction.v1',
      usage,
    });
    expect(asked[0]?.response_format).toMatchObject({ type: 'json_schema' });
  });

  test('may find nothing', async () => {
    const { outcome } = await extracting(saying({ memories: [] }));
    expect(outcome).toMatchObject({ value: { memories: [], rejected: [] } });
  });

  test('of no category asks nobody', async () => {
    await using server = await modelServer([]);
    const answer = await modelOn(server).extract(extraction(messages, { categories: [] }));
    expect(answer).toEqual({ value: { memories: [], rejected: [] } });
    expect(server.asked).toHaveLength(0);
  });

  test('is told the wanted categories and what is known already', async () => {
    await using server = await modelServer([saying({ memories: [] })]);
    const known = [
      { category: 'profile', key: 'home-city', text: 'Ann lives in Bergen.\nStill.' },
      { category: 'profile', key: 'job', text: 'Ann is a nurse.', by: 'person' },
    ] as const;
    await modelOn(server).extract(extraction(messages, { categories: ['profile', 'event'], known }));
    const { content = '' } = server.asked[0]?.messages.at(-1) ?? {};
    expect(content).toContain('\n- profile: ');
    expect(content).toContain('\n- event: ');
    expect(content).not.toContain('\n- case: ');
    expect(content).not.toContain('part');
    expect(content).toContain(
      '[mark-1 begin known memories]\n{"category":"profile","key":"home-city","text":"Ann lives in Bergen.\\nStill."}\n{"category":"profile","key":"job","text":"Ann is a nurse.","by":"person"}\n[mark-1 end known memories]',
    );
  });

  test('keeps what was said last of the same subject', async () => {
    const later = { ...memory, text: 'Ann lives in Oslo.', messageId: 'm-3', confidence: 0.5 };
    for (const memories of [
      [memory, later],
      [later, memory],
    ]) {
      const { outcome } = await extracting(saying({ memories }));
      expect(outcome).toMatchObject({ value: { memories: [later] } });
    }
  });
});

describe('one wrong memory', () => {
  test.each([
    ['with a key of another form', { ...memory, key: 'Home City' }, 'memory 1: key: lower-case words'],
    ['of a message that is not there', { ...memory, messageId: 'm-9' }, 'memory 1: messageId: there is no'],
    ['that is too sure', { ...memory, confidence: 90 }, 'memory 1: confidence: '],
    ['with something besides', { ...memory, note: 'x' }, 'memory 1: '],
    ['without a text', { ...memory, text: '' }, 'memory 1: text: '],
    ['that is none', 'Ann lives in Bergen.', 'memory 1: '],
  ])('%s is left out, and those beside it stay', async (_name, wrong, reason) => {
    const { outcome, asked } = await extracting(saying({ memories: [wrong, memory] }));
    expect(outcome).toMatchObject({
      value: { memories: [memory], rejected: [{ reason: expect.stringContaining(reason) }] },
    });
    expect(asked).toHaveLength(1);
  });

  test('of a category that is not wanted is left out', async () => {
    const event = { ...memory, category: 'event' };
    await using server = await modelServer([saying({ memories: [event, memory] })]);
    const answer = await modelOn(server).extract(extraction(messages, { categories: ['profile'] }));
    expect(answer.value).toEqual({
      memories: [memory],
      rejected: [{ reason: 'memory 1: category: event is not wanted' }],
    });
  });

  test('is reported without what it says', async () => {
    const wrong = { ...memory, key: 'Sister Ragnhild', text: 'Ann’s sister is Ragnhild.' };
    const { outcome } = await extracting(saying({ memories: [wrong, memory] }));
    expect(JSON.stringify(outcome)).not.toContain('Ragnhild');
  });
});

describe('an answer that is wrong as a whole', () => {
  const wrongAnswers: [string, Reply, string][] = [
    ['no JSON', saying('Here you are: Ann lives in Bergen.'), 'It is not JSON.'],
    ['of another form', saying({ facts: [memory] }), 'memories'],
    ['wrong in each memory', saying({ memories: [{ ...memory, key: 'Home City' }] }), 'memory 1: key: '],
  ];

  test.each(wrongAnswers)(
    '(%s) is asked for once more, with what is wrong',
    async (_name, wrong, problem) => {
      const { outcome, asked } = await extracting(wrong, saying({ memories: [memory] }));
      expect(outcome).toEqual({
        value: { memories: [memory], rejected: [] },
        promptVersion: 'extraction.v1+repair.v1',
        usage: twice,
      });
      expect(asked[1]?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
      expect(asked[1]?.messages.at(-1)?.content).toContain(problem);
    },
  );

  test.each(wrongAnswers)('(%s) is not asked for a third time', async (_name, wrong) => {
    const { outcome, asked } = await extracting(wrong, wrong);
    expect(outcome).toBeInstanceOf(UnusableOutputError);
    expect(outcome).toMatchObject({
      message: 'Model openai-compatible:small returned memories that do not match the schema, twice.',
      retry: { retryable: true },
    });
    expect(asked).toHaveLength(2);
  });

  test.each([
    ['cut off', saying('{"memories": [{"category": "pro', 'length'), UnusableOutputError],
    ['cut off where it happens to be JSON', saying({ memories: [] }, 'length'), UnusableOutputError],
    ['empty', saying(''), UnusableOutputError],
    ['filtered', saying('I cannot', 'content_filter'), ModelRefusedError],
  ])('because it is %s is no case for a repair', async (_name, reply, expected) => {
    const { outcome, asked } = await extracting(reply);
    expect(outcome).toBeInstanceOf(expected);
    expect(asked).toHaveLength(1);
  });
});
