import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runEval } from '../../eval/run-eval.ts';
import { embedderServer } from '../support/embedder-server.ts';

const turns = [
  {
    role: 'user',
    name: 'Ida',
    content: 'Where did you leave the canoe?',
    part: 1,
    at: '9:05 am on 3 June, 2024',
  },
  {
    role: 'assistant',
    name: 'Otto',
    content: 'Behind the shed, upside down.',
    part: 1,
    at: '9:06 am on 3 June, 2024',
  },
  { role: 'user', name: 'Ida', content: 'I am allergic to peanuts.', part: 1, at: '2024-06-03T09:07:00Z' },
  { role: 'assistant', name: 'Otto', content: 'Then no cake for you.', part: 1 },
  { role: 'user', name: 'Ida', content: 'My sister plays the harp.', part: 2, at: 'some day' },
  { role: 'assistant', name: 'Otto', content: 'How lovely!', part: 2 },
];
const questions = [
  { question: 'Where is the canoe of Otto?', answer: 'Behind the shed', category: 1, evidence: [2] },
  { question: 'What is Ida allergic to?', answer: 'Peanuts', evidence: [3] },
  { question: 'Which instruments are played?', answer: 1, evidence: [5] },
  { question: 'Does anybody have a zeppelin?', answer: 'unknown', evidence: [] },
];

let folder: string;
const lines = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'commitlane-eval-'));
  await writeFile(path.join(folder, 'talk.jsonl'), `${lines(turns)}\n`);
  await writeFile(path.join(folder, 'questions.jsonl'), lines(questions));
  await writeFile(path.join(folder, 'beyond.jsonl'), lines([{ question: 'Q', answer: 'A', evidence: [7] }]));
  await writeFile(path.join(folder, 'broken.jsonl'), `${lines(turns)}\n{"role":`);
});
afterAll(() => rm(folder, { recursive: true }));

async function run(args: readonly string[], signal = new AbortController().signal) {
  const written = { stdout: '', stderr: '' };
  const capture = (name: keyof typeof written) =>
    new Writable({
      write(chunk, _encoding, done) {
        written[name] += String(chunk);
        done();
      },
    });
  const streams = { stdout: capture('stdout'), stderr: capture('stderr') };
  const exitCode = await runEval(args, { ...streams, variables: {}, folder, signal });
  return { exitCode, ...written };
}

const files = ['--input', 'talk.jsonl', '--questions', 'questions.jsonl'];

describe('npm run eval', () => {
  it('prints one JSON document of what the search finds, and nothing else', async () => {
    const { exitCode, stdout, stderr } = await run([...files, '--json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ messages: 6, questions: 3, evidence: 3, answeredRight: null });
    expect(report.recallWithMeaning).toBeNull();
    // All messages are summarised; of a memory of its own is what Ida is allergic to.
    expect(report.inContext).toBeCloseTo(1 / 3);
    expect(report.recall.map(({ at }: { at: number }) => at)).toEqual([5, 10, 20]);
    expect(report.recall[1]).toMatchObject({ messages: 1 });
    expect(report.recall[1].messagesOrMemories).toBeGreaterThan(0);
    expect(report.tokensPerAnswer).toBeGreaterThan(0);
  });

  it('shows people a table, and says that nothing was answered without a language model', async () => {
    const { exitCode, stdout } = await run(files);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('3 questions about 6 messages, with 3 pieces of evidence');
    expect(stdout).toMatch(/^messages, by words +[01]\.\d{3} +1\.000 +1\.000$/m);
    expect(stdout).toContain('Nothing was answered or judged');
    expect(stdout).toContain('Nothing was found by meaning');
  });

  it('asks by words and meaning as well, with an embedding model', async () => {
    await using server = await embedderServer();
    const embedding = ['--embedding-model', 'openai-compatible:small', '--embedding-url', server.baseUrl];
    const { exitCode, stdout } = await run([
      ...files,
      ...embedding,
      '--embedding-dimensions',
      '64',
      '--json',
    ]);
    expect(exitCode).toBe(0);
    const { recall, recallWithMeaning } = JSON.parse(stdout);
    expect(recall.map(({ at }: { at: number }) => at)).toEqual([5, 10, 20]);
    expect(recallWithMeaning).toMatchObject([{ at: 5 }, { at: 10, messages: 1 }, { at: 20, messages: 1 }]);
    expect(server.asked.map(({ dimensions }) => dimensions)).toContain(64);
    expect(server.asked.flatMap(({ input }) => input)).toContain('Where is the canoe of Otto?');
    const shown = await run([...files, ...embedding]);
    expect(shown.stdout).toMatch(/^messages, by words and meaning +[01]\.\d{3} +1\.000 +1\.000$/m);
  });

  it('ends with the reason where the embedding model cannot be asked', async () => {
    await using server = await embedderServer(() => (response) => void response.writeHead(404).end());
    const { exitCode, stderr } = await run([
      ...[...files, '--embedding-model', 'openai-compatible:small', '--embedding-url', server.baseUrl],
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('small');
  });

  it.each([
    [['--input', 'talk.jsonl'], "required option '--questions <file>' not specified"],
    [[...files, '--model-url', 'https://models.example/v1'], '--model-url needs --model'],
    [[...files, '--model', 'openai-compatible:small'], 'needs --model-url'],
    [[...files, '--model', 'bedrock:some.model'], 'It cannot be of Bedrock'],
    [[...files, '--embedding-url', 'https://models.example/v1'], 'need each other'],
    [[...files, '--embedding-model', 'openai-compatible:small'], 'need each other'],
    [[...files, '--embedding-model', 'bedrock:amazon.titan-embed-text-v2:0'], 'It cannot be of Bedrock'],
    [[...files, '--embedding-dimensions', '64'], 'needs --embedding-model'],
    [[...files, '--embedding-dimensions', '5000'], 'a whole number from 1 to 4096'],
    [['--input', 'missing.jsonl', '--questions', 'questions.jsonl'], 'cannot be read'],
    [['--input', 'broken.jsonl', '--questions', 'questions.jsonl'], 'line 7'],
    [['--input', 'talk.jsonl', '--questions', 'beyond.jsonl'], 'evidence 7: the conversation has 6 lines'],
  ])('refuses %j', async (args, message) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('stops when it is told to', async () => {
    expect(await run(files, AbortSignal.abort(new Error('enough')))).toMatchObject({
      exitCode: 130,
      stdout: '',
    });
  });
});
