import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/clock/index.ts';
import type { StartStack } from '../../local/job/running-stack.ts';
import { startCommand } from '../../local/job/start-command.ts';
import { StoppedError } from '../../terminal/index.ts';
import { type FakeBehaviour, fakeApi } from './fake-api.ts';
import { serveFakeApi } from './serve-fake-api.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-'));
  const lines = ['Do you have tea?', 'Green or black?', 'Green, please.'].map((content, index) =>
    JSON.stringify({ role: index % 2 === 0 ? 'user' : 'assistant', content, turn: index }),
  );
  await writeFile(join(folder, 'tea.jsonl'), lines.join('\n'));
  const german = [
    { role: 'user', content: 'Haben Sie Tee, oder gibt es hier nur Kaffee?' },
    { role: 'assistant', content: 'Tee gibt es auch, grünen und schwarzen.' },
  ];
  await mkdir(join(folder, 'others'));
  await writeFile(
    join(folder, 'others', 'tee.jsonl'),
    german.map((message) => JSON.stringify(message)).join('\n'),
  );
});
afterAll(() => rm(folder, { recursive: true }));

function startProgram(args: string[], behaviour: FakeBehaviour = {}, startStack?: StartStack) {
  const stop = new AbortController();
  const failed = new AbortController();
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const shown = { stdout: '', stderr: '' };
  stdout.setEncoding('utf8').on('data', (text: string) => {
    shown.stdout += text;
  });
  stderr.setEncoding('utf8').on('data', (text: string) => {
    shown.stderr += text;
  });
  const stack: StartStack = async ({ onStepBegin, onStepEnd, onLog }) => {
    onStepBegin('started the fake');
    const server = await serveFakeApi(fakeApi(behaviour));
    onStepEnd('started the fake', 12.3);
    onLog('a line of a function');
    return {
      ...server,
      caller: { tenant: 'demo', sub: 'demo-user' },
      failure: failed.signal,
      mintToken: async () => 'token-of-the-fake',
      [Symbol.asyncDispose]: server[Symbol.asyncDispose],
    };
  };
  const exitCode = startCommand(args, {
    name: 'npm start --',
    chat: 'npm run example:chat',
    stdout,
    stderr,
    variables: {},
    folder,
    samples: folder,
    startStack: startStack ?? stack,
    clock: systemClock,
    newId: () => 'run-1',
    signal: stop.signal,
  });
  return {
    exitCode,
    shown,
    stop: () => stop.abort(new StoppedError()),
    fail: (reason: Error) => failed.abort(reason),
  };
}

describe('the program with --once --json', () => {
  it('prints one document and nothing else on stdout, and exits with 0', async () => {
    const program = startProgram(['--once', '--json', '--input', 'tea.jsonl']);
    expect(await program.exitCode).toBe(0);
    const document = JSON.parse(program.shown.stdout);
    expect(document).toMatchObject({
      ok: true,
      appended: 3,
      notes: [],
      problems: [],
      memories: [{ scope: 'demo-user' }],
    });
    const messages = document.archives.flatMap((archive: { messages: object[] }) => archive.messages);
    expect(messages).toMatchObject([
      { role: 'user', content: 'Do you have tea?', metadata: { turn: 0 }, position: 1 },
      { role: 'assistant', content: 'Green or black?', metadata: { turn: 1 }, position: 2 },
      { role: 'user', content: 'Green, please.', metadata: { turn: 2 }, position: 2 },
    ]);
    expect(document.commits.map(({ state }: { state: string }) => state)).toContain('completed');
    expect(program.shown.stderr).toContain('✓ started the fake 12 ms');
  });

  it('says what the offline model leaves out because of its language', async () => {
    const input = ['--once', '--json', '--input', 'others/tee.jsonl'];
    const program = startProgram(input);
    expect(await program.exitCode).toBe(0);
    const { archives, notes } = JSON.parse(program.shown.stdout);
    const message = expect.stringMatching(
      /^1 message of tee is in another language than English\. The offline/,
    );
    expect(notes).toEqual([{ session: archives[0].session, messages: 1, message }]);

    const other = startProgram([
      ...input,
      '--model',
      'openai-compatible:m',
      '--model-url',
      'http://127.0.0.1/v1',
    ]);
    expect(await other.exitCode).toBe(0);
    expect(JSON.parse(other.shown.stdout).notes).toEqual([]);
  });

  it('exits with 1 and says what is wrong when a message is lost', async () => {
    const tamper: FakeBehaviour['tamper'] = ({ messages }) => messages.splice(0, 1);
    const program = startProgram(['--once', '--json'], { tamper });
    expect(await program.exitCode).toBe(1);
    const document = JSON.parse(program.shown.stdout);
    expect(document.ok).toBe(false);
    expect(document.problems).toContainEqual({
      kind: 'lost',
      session: document.archives[0].session,
      message: expect.stringMatching(/^Message [0-9a-f]{8}-00001 is in no archive, and not live\.$/),
    });
  });

  it('prints a document even when the stack cannot be started', async () => {
    const program = startProgram(['--once', '--json'], {}, () =>
      Promise.reject(new Error('Port 4500 is in use.')),
    );
    expect(await program.exitCode).toBe(1);
    expect(JSON.parse(program.shown.stdout)).toMatchObject({
      ok: false,
      problems: [{ kind: 'failed', message: 'Port 4500 is in use.' }],
    });
    expect(program.shown.stderr).toMatch(/^Port 4500 is in use\.$/m);
  });
});

describe('the program', () => {
  it('shows what came of the job, stays up, and stops when it is told to', async () => {
    const program = startProgram(['--verbose']);
    await expect.poll(() => program.shown.stdout).toContain('Ctrl-C stops.');
    const text = program.shown.stdout;
    expect(text).toContain('a line of a function');
    expect(text).toContain('What archive 1 says.');
    expect(text).toContain('Prefers tea to coffee.');
    expect(text).toContain('All is well: 3 messages of 1 session in');
    expect(text).not.toContain('\u001b');
    program.stop();
    expect(await program.exitCode).toBe(0);
    expect(program.shown.stdout).toMatch(/Stopping\.\n$/);
  });

  it('says at its end what there is to try, in lines that are aligned and short', async () => {
    const program = startProgram([]);
    await expect.poll(() => program.shown.stdout).toContain('Ctrl-C stops.');
    const lines = program.shown.stdout.split('\n');
    const invitation = lines.slice(
      lines.indexOf('Try it, in another terminal') + 1,
      lines.indexOf('Ctrl-C stops.') - 1,
    );
    expect(invitation.map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['API', expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), 'tenant demo, user demo-user'],
      ['Token', 'npx commitlane token --local', '--tenant T --sub U for others'],
      ['Console', 'npx commitlane console --local', 'sessions, dead letters, limits in a browser'],
      ['Chat', 'npm run example:chat', 'a chat page that remembers'],
    ]);
    expect(Math.max(...invitation.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(new Set(invitation.map((line) => line.search(/(http|npx|npm)/)))).toHaveProperty('size', 1);
    program.stop();
    await program.exitCode;
  });

  it('ends with 1 and the reason when the stack cannot go on, in the middle of the job or after it', async () => {
    const busy = startProgram(['--once'], { stuckAt: 'committing' });
    await expect.poll(() => busy.shown.stdout).toContain('waiting for the commits');
    const idle = startProgram([]);
    await expect.poll(() => idle.shown.stdout).toContain('Ctrl-C stops.');
    for (const program of [busy, idle]) {
      program.fail(new Error('The disk is full. Free some space.'));
      expect(await program.exitCode).toBe(1);
      expect(program.shown.stdout).toMatch(/The disk is full\. Free some space\.\n$/);
    }
  });

  it('exits with 130 and a short word when it is stopped before the job is done', async () => {
    const program = startProgram(['--once'], { stuckAt: 'committing' });
    await expect.poll(() => program.shown.stdout).toContain('waiting for the commits');
    program.stop();
    expect(await program.exitCode).toBe(130);
    expect(program.shown.stdout).toMatch(/Stopped\.\n$/);
  });

  it.each([
    [['--fast'], /^error: unknown option '--fast'\n--help explains the command\.\n$/],
    [['--input', 'none.jsonl'], /none\.jsonl cannot be played: it cannot be read \(ENOENT.*\n$/],
  ])('exits with 2 and one paragraph on stderr for %j', async (args, message) => {
    const program = startProgram(args);
    expect(await program.exitCode).toBe(2);
    expect(program.shown.stderr).toMatch(message);
    expect(program.shown.stdout).toBe('');
  });

  it('explains itself with --help', async () => {
    const program = startProgram(['--help']);
    expect(await program.exitCode).toBe(0);
    expect(program.shown.stdout).toContain('--input <file>');
  });
});
