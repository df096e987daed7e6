import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { modelFrom, UnusableOutputError } from '../../../lib/model/index.ts';
import { extraction, forever, memory, modelOn, said } from './asking.ts';
import { modelServer, type Reply } from './model-server.ts';
import { saying } from './replies.ts';

const messages = said('I live in Bergen.', 'Nice.', 'I moved to Oslo.');
const SUMMARY = 'Ann lives in Bergen.';
const other = { ...memory, key: 'home-country', text: 'Ann lives in Norway.' };
const json = JSON.stringify({ memories: [memory] });
const pretty = JSON.stringify({ memories: [memory] }, null, 2);

async function summaryOf(...replies: Reply[]): Promise<string> {
  await using server = await modelServer(replies);
  const { value } = await modelOn(server).summarise({ messages, signal: forever });
  return value;
}

async function extracted(...replies: Reply[]) {
  await using server = await modelServer(replies);
  const { value } = await modelOn(server).extract(extraction(messages));
  return value;
}

/** Ways of thinking aloud before an answer. */
const thoughts: [string, (answer: string) => string][] = [
  ['between tags', (answer) => `<think>\nShe says Bergen.\n</think>\n\n${answer}`],
  ['between tags on one line', (answer) => `<think>She says Bergen.</think>${answer}`],
  ['of no thought', (answer) => `<think>\n\n</think>\n\n${answer}`],
  ['that the prompt began', (answer) => `The user says Bergen.\n</think>\n\n${answer}`],
  ['that the prompt began, on one line', (answer) => `The user says Bergen.</think>${answer}`],
  ['under another name', (answer) => `<thinking>She says Bergen.</thinking>\n${answer}`],
  ['as reasoning', (answer) => `<reasoning>She says Bergen.</reasoning>\n${answer}`],
  ['in capitals', (answer) => `<THINK>She says Bergen.</THINK>\n${answer}`],
  ['with attributes', (answer) => `<think effort="low">She says Bergen.</think>\n${answer}`],
  ['in brackets', (answer) => `[THINK]She says Bergen.[/THINK]${answer}`],
  ['in triangles', (answer) => `◁think▷She says Bergen.◁/think▷${answer}`],
  ['closed by another tag', (answer) => `<think>She says Bergen.</thinking>\n${answer}`],
  ['twice', (answer) => `<think>She says</think>\n<think>Bergen.</think>\n${answer}`],
  ['inside another', (answer) => `<think>She <think>says</think>\nBergen.\n</think>\n${answer}`],
  ['after a preamble', (answer) => `<think>Sure.</think>\n<think>\nBergen.\n</think>\n${answer}`],
  ['with a draft', (answer) => `<think>Perhaps {"memories": []} or\n${json}?</think>\n${answer}`],
  [
    'as a channel',
    (answer) =>
      `<|channel|>analysis<|message|>Bergen.<|end|><|start|>assistant<|channel|>final<|message|>${answer}<|return|>`,
  ],
];

describe('thinking aloud', () => {
  test.each(thoughts)('%s is no part of a summary', async (_name, thinking) => {
    expect(await summaryOf(saying(thinking(SUMMARY)))).toBe(SUMMARY);
  });

  test.each(thoughts)('%s is no part of an extraction', async (_name, thinking) => {
    for (const answer of [json, pretty, `\`\`\`json\n${pretty}\n\`\`\``]) {
      expect(await extracted(saying(thinking(answer)))).toEqual({ memories: [memory], rejected: [] });
    }
  });

  test('in a field of its own is no part of a summary', async () => {
    const reply: Reply = (response) => {
      const message = { role: 'assistant', content: SUMMARY, reasoning_content: 'She says Bergen.' };
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ choices: [{ index: 0, finish_reason: 'stop', message }] }));
    };
    expect(await summaryOf(reply)).toBe(SUMMARY);
  });

  test.each([
    ['without an end', '<think>\nShe says Bergen. So I write'],
    ['without an answer', '<think>She says Bergen.</think>\n'],
    ['that the prompt began, without an answer', 'She says Bergen.\n</think>\n'],
  ])('%s is no answer', async (_name, text) => {
    await expect(summaryOf(saying(text))).rejects.toBeInstanceOf(UnusableOutputError);
    await expect(extracted(saying(text))).rejects.toBeInstanceOf(UnusableOutputError);
  });

  test.each([
    'Ann asked why the server strips <think>…</think> from answers, and got a fix.',
    'The parser leaves `</think>` in the text. Ann will report it.',
    'Ann asked about the </think> tag.\nBen knew.',
    'Open points: "<reasoning>" is not closed. Ann looks at it.',
  ])('of which a summary only speaks stays: %s', async (text) => {
    expect(await summaryOf(saying(text))).toBe(text);
  });

  test('of which a memory only speaks stays', async () => {
    const text = 'Ann strips <think>…</think>. </think> alone, too.';
    expect(await extracted(saying({ memories: [{ ...memory, text }] }))).toMatchObject({
      memories: [{ text }],
    });
  });
});

describe('a summary', () => {
  test.each([
    ['in a fence', `\`\`\`\n${SUMMARY}\n\`\`\``],
    ['in a fence of Markdown', `\`\`\`markdown\n${SUMMARY}\n\`\`\``],
    ['between tags', `<summary>\n${SUMMARY}\n</summary>`],
    ['with the end token of its model', `${SUMMARY}<|im_end|>`],
  ])('%s is taken out of it', async (_name, text) => {
    expect(await summaryOf(saying(text))).toBe(SUMMARY);
  });

  test.each([
    '```\nnpm test\n```\nfails, and so does\n```\nnpm start\n```',
    '{"port": 0} is what Ann sets.',
    '[draft] Ann lives in Bergen.',
    '- Ann <ann@example.com> lives in Bergen',
  ])('keeps what belongs to it: %j', async (text) => {
    expect(await summaryOf(saying(text))).toBe(text);
  });
});

describe('an extraction', () => {
  test.each([
    ['in a fence', `\`\`\`json\n${pretty}\n\`\`\``],
    ['in a fence without a language', `\`\`\`\n${json}\n\`\`\``],
    ['in a fence of another language', `\`\`\`javascript\n${json}\n\`\`\``],
    ['in a fence that is not closed', `\`\`\`json\n${json}`],
    ['in waves', `~~~json\n${json}\n~~~`],
    ['after a preamble', `Here are the memories [as asked]:\n${json}`],
    ['before a remark', `${json}\n\nI hope this {helps}!`],
    ['after an example', `The form is {"memories": []}, so:\n${json}`],
    ['after prose in braces', `I use {braces "like" this}: ${json}`],
    ['with one more field', JSON.stringify({ thoughts: 'none', memories: [memory], count: 1 })],
    [
      'with a field that tries to be a prototype',
      `{"__proto__": {"x": 1}, "memories": [${JSON.stringify(memory)}]}`,
    ],
    ['as a bare list', JSON.stringify([memory])],
    ['as a single memory', JSON.stringify(memory)],
    ['as one memory in place of a list', JSON.stringify({ memories: memory })],
    ['as text in JSON', JSON.stringify({ memories: JSON.stringify([memory]) })],
    ['as JSON in JSON', JSON.stringify(json)],
    ['inside another object', JSON.stringify({ result: { memories: [memory] } })],
    ['with a trailing comma', `{"memories": [${JSON.stringify(memory)},],}`],
    ['with comments', `{"memories": [ // one\n${JSON.stringify(memory)}]}`],
    ['in Python’s quotes', `{'memories': [${JSON.stringify(memory).replaceAll('"', "'")}]}`],
    ['with the number as text', JSON.stringify({ memories: [{ ...memory, confidence: '0.9' }] })],
    [
      'with the number as text, with spaces',
      JSON.stringify({ memories: [{ ...memory, confidence: ' 0.90 ' }] }),
    ],
    ['with a byte order mark', `\ufeff${json}`],
  ])('%s is read', async (_name, text) => {
    expect(await extracted(saying(text))).toEqual({ memories: [memory], rejected: [] });
  });

  test.each([
    ['true', true, true],
    ['true in quotation marks', 'true', true],
    ['true with a capital letter', ' True ', true],
    ['false', false, undefined],
    ['false in quotation marks', 'false', undefined],
    ['null', null, undefined],
    ['nothing', '', undefined],
  ])('with a truth value that is %s is read', async (_name, given, expected) => {
    const answer = { memories: [{ ...memory, retracts: given, contradicts: given }] };
    const flags = expected === undefined ? {} : { retracts: expected, contradicts: expected };
    expect(await extracted(saying(answer))).toEqual({ memories: [{ ...memory, ...flags }], rejected: [] });
  });

  test.each(['perhaps', 1, {}, []])('with a truth value that is none (%j) is refused', async (given) => {
    const { memories, rejected } = await extracted(
      saying({ memories: [{ ...memory, retracts: given }, other] }),
    );
    expect(memories).toEqual([other]);
    expect(rejected).toEqual([{ reason: expect.stringContaining('memory 1: retracts: ') }]);
  });

  test.each([
    ['Home City', 'home-city'],
    ['home_city', 'home-city'],
    ['C#', 'c-sharp'],
    ['C++', 'c++'],
    ['寿司', '寿司'],
    ['Сестра Ольга', 'сестра-ольга'],
    ['--x--', 'x'],
  ])('with a key in other letters is read: %s', async (given, expected) => {
    expect(await extracted(saying({ memories: [{ ...memory, key: given }] }))).toEqual({
      memories: [{ ...memory, key: expected }],
      rejected: [],
    });
  });

  test('as a memory a line is read', async () => {
    const lines = [memory, other].map((one) => JSON.stringify(one)).join('\n');
    expect(await extracted(saying(lines))).toEqual({ memories: [memory, other], rejected: [] });
  });

  test.each(['{"memories": null}', '{}', '[]', '{"thoughts": "nothing to keep"}', 'None: {"memories": []}'])(
    'of nothing (%s) is read as nothing',
    async (text) => {
      expect(await extracted(saying(text))).toEqual({ memories: [], rejected: [] });
    },
  );

  test.each([
    ['as words', 'high'],
    ['of nothing', ''],
    ['above 1', '90'],
    ['as a percentage', '90%'],
    ['that is none', 'NaN'],
    ['without a value', null],
  ])('keeps the strict check of each memory: confidence %s', async (_name, confidence) => {
    const { memories, rejected } = await extracted(saying({ memories: [{ ...memory, confidence }, other] }));
    expect(memories).toEqual([other]);
    expect(rejected).toEqual([{ reason: expect.stringContaining('memory 1: confidence: ') }]);
  });

  test('that is cut off keeps its whole memories, and says that one was lost', async () => {
    const cut = `{"memories": [${JSON.stringify(memory)}, ${JSON.stringify(other)}, {"category": "profile", "key": "na`;
    for (const finishReason of ['length', 'stop']) {
      expect(await extracted(saying(cut, finishReason))).toEqual({
        memories: [memory, other],
        rejected: [{ reason: expect.stringContaining('truncated') }],
      });
    }
  });

  test('that is cut off inside a memory which could pass keeps nothing of that one', async () => {
    const { text, ...first } = other;
    const begun = JSON.stringify({ ...first, text }).slice(0, -8);
    const { memories } = await extracted(
      saying(`{"memories": [${JSON.stringify(memory)}, ${begun}`, 'length'),
    );
    expect(memories).toEqual([memory]);
  });

  test('of endless length is no answer', async () => {
    const endless = `{"memories": [${JSON.stringify(memory)}], "x": "${'a'.repeat(300_000)}"}`;
    await expect(extracted(saying(endless))).rejects.toMatchObject({ code: 'unusable-output' });
    await expect(summaryOf(saying('a'.repeat(300_000)))).rejects.toMatchObject({ code: 'unusable-output' });
  });
});

describe('a model of Bedrock', () => {
  beforeEach(() => {
    vi.stubEnv('AWS_REGION', 'eu-north-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  /** An answer of Bedrock's Converse operation. */
  async function answering(content: object[], stopReason: string) {
    const server = await modelServer(() => (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          output: { message: { role: 'assistant', content } },
          stopReason,
          usage: { inputTokens: 100, outputTokens: 20, totalTokens: 120 },
        }),
      );
    });
    vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', server.origin);
    const model = modelFrom(
      { model: 'bedrock:global.amazon.nova-2-lite-v1:0' },
      { clock: { now: () => 0 }, newMark: () => 'mark' },
    );
    return { model, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
  }

  test.each([
    ['in its text', [{ text: `<thinking>She says Bergen.</thinking>\n${SUMMARY}` }]],
    ['in a text of its own', [{ text: '<thinking>She says Bergen.</thinking>\n' }, { text: SUMMARY }]],
    ['across texts', [{ text: '<thinking>She says' }, { text: ' Bergen.</thinking>\n' }, { text: SUMMARY }]],
    ['as reasoning content', [{ reasoningContent: { reasoningText: { text: 'She' } } }, { text: SUMMARY }]],
  ])('that thinks aloud %s gives its summary', async (_name, content) => {
    await using bedrock = await answering(content, 'end_turn');
    const { value } = await bedrock.model.summarise({ messages, signal: forever });
    expect(value).toBe(SUMMARY);
  });

  test.each([
    ['with one more field', { memories: [memory], thoughts: 'none' }],
    ['with text in place of the list', { memories: JSON.stringify([memory]) }],
    ['with text in place of the number', { memories: [{ ...memory, confidence: '0.9' }] }],
  ])('gives its memories, %s', async (_name, input) => {
    const toolUse = { toolUseId: 't', name: 'json', input };
    const content = [{ text: '<thinking>She says Bergen.</thinking>' }, { toolUse }];
    await using bedrock = await answering(content, 'tool_use');
    const { value } = await bedrock.model.extract(extraction(messages));
    expect(value).toEqual({ memories: [memory], rejected: [] });
  });

  test('that answers with text in place of the tool gives its memories', async () => {
    await using bedrock = await answering([{ text: `\`\`\`json\n${json}\n\`\`\`` }], 'end_turn');
    const { value } = await bedrock.model.extract(extraction(messages));
    expect(value).toEqual({ memories: [memory], rejected: [] });
  });
});
