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
      promptVersion: 'extraction.v2',
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

  test('is told what a person wrote', async () => {
    await using server = await modelServer([saying({ memories: [] })]);
    const known = [{ category: 'profile', key: 'home-city', text: 'Bergen.', by: 'person' }] as const;
    await modelOn(server).extract(extraction(messages, { known }));
    const [system, user] = server.asked[0]?.messages ?? [];
    expect(user?.content).toContain('"text":"Bergen.","by":"person"}');
    expect(system?.content).toContain('"by": "person" was written by a person');
  });

  test('asks for all fields, as strict servers want it', async () => {
    const { asked } = await extracting(saying({ memories: [] }));
    const { schema } = asked[0]?.response_format?.json_schema ?? {};
    const { items } = (schema as { properties: { memories: { items: Record<string, object> } } }).properties
      .memories;
    expect(Object.keys(items['properties'] ?? {})).toEqual(items['required']);
    expect(items['properties']).toMatchObject({
      retracts: { type: 'boolean' },
      contradicts: { type: 'boolean' },
    });
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

describe('the memories of one subject', () => {
  const oslo = { ...memory, text: 'Ann lives in Oslo.', messageId: 'm-3' };
  const gone = { ...memory, text: 'Ann no longer lives in Bergen.', retracts: true, messageId: 'm-3' };

  test.each([
    ['a retraction after an assertion', [memory, gone], gone],
    ['a retraction after an assertion, given before it', [gone, memory], gone],
    [
      'an assertion after a retraction',
      [
        { ...gone, messageId: 'm-1' },
        { ...oslo, confidence: 0.1 },
      ],
      { ...oslo, confidence: 0.1 },
    ],
    [
      'of one message, the assertion that was given last',
      [gone, { ...oslo, confidence: 0.1 }],
      { ...oslo, confidence: 0.1 },
    ],
    [
      'of one message, the retraction that was given last',
      [oslo, { ...gone, confidence: 0.1 }],
      { ...gone, confidence: 0.1 },
    ],
    ['of one message, the surer assertion', [oslo, { ...memory, messageId: 'm-3', confidence: 0.1 }], oslo],
    ['one with the same key in other letters', [memory, { ...oslo, key: 'Home City' }], oslo],
  ])('are one: %s', async (_name, memories, expected) => {
    const { outcome } = await extracting(saying({ memories }));
    expect(outcome).toMatchObject({ value: { memories: [expected], rejected: [] } });
  });

  test('contradict what is known as soon as one of them does', async () => {
    for (const memories of [
      [{ ...memory, contradicts: true }, oslo],
      [oslo, { ...memory, contradicts: true }],
    ]) {
      const { outcome } = await extracting(saying({ memories }));
      expect(outcome).toMatchObject({ value: { memories: [{ ...oslo, contradicts: true }] } });
    }
  });
});

describe('one wrong memory', () => {
  test.each([
    ['with a key that names nothing', { ...memory, key: '?!' }, 'memory 1: key: must be words in lower case'],
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
    const wrong = { ...memory, key: '?!', text: 'Ann’s sister is Ragnhild.' };
    const { outcome } = await extracting(saying({ memories: [wrong, memory] }));
    expect(JSON.stringify(outcome)).not.toContain('Ragnhild');
  });
});

describe('an answer that is wrong as a whole', () => {
  const wrongAnswers: [string, Reply, string][] = [
    ['no JSON', saying('Here you are: Ann lives in Bergen.'), 'It is not JSON.'],
    ['of another form', saying({ facts: [memory] }), 'memories'],
    ['wrong in each memory', saying({ memories: [{ ...memory, key: '?!' }] }), 'memory 1: key: '],
  ];

  test.each(wrongAnswers)(
    '(%s) is asked for once more, with what is wrong',
    async (_name, wrong, problem) => {
      const { outcome, asked } = await extracting(wrong, saying({ memories: [memory] }));
      expect(outcome).toEqual({
        value: { memories: [memory], rejected: [] },
        promptVersion: 'extraction.v2+repair.v1',
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
