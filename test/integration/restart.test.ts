import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobDocument } from '../../local/job/display/job-document.ts';
import { textOf } from '../support/text-of.ts';

const run = promisify(execFile);
const program = path.resolve('local/start.ts');
const conversation = path.resolve('events/conversations/moving-to-bergen.jsonl');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'commitlane-restart-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const args = ['--input', conversation, '--port', '0'];

/** Starts the program on the data folder, and kills it, without any warning, once a line of its output matches. */
async function killAt(pattern: RegExp): Promise<void> {
  const child = spawn(process.execPath, [program, ...args, '--data', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let matched = false;
  for await (const line of createInterface(child.stdout)) {
    if (!pattern.test(line)) continue;
    matched = true;
    child.kill('SIGKILL');
  }
  await exited;
  expect(matched, `a line of the output matches ${pattern}`).toBe(true);
}

async function runOnce(): Promise<JobDocument> {
  const { stdout } = await run(process.execPath, [program, ...args, '--data', folder, '--once', '--json'], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as JobDocument;
}

async function sentContents(): Promise<string[]> {
  const lines = (await readFile(conversation, 'utf8')).trim().split('\n');
  return lines.map((line) => (JSON.parse(line) as { content: string }).content);
}

function archivedContents({ archives }: JobDocument): string[] {
  return [...archives].sort((a, b) => a.archive - b.archive).flatMap(({ messages }) => messages.map(textOf));
}

describe('a data folder', () => {
  it.each([
    ['while messages are appended', /is open for/],
    ['when the first commit begins', /committing/],
    ['after a commit is archived', /archived/],
  ])('has every message once after the process was killed %s', async (_when, pattern) => {
    await killAt(pattern);

    const document = await runOnce();

    expect(document.ok).toBe(true);
    expect(archivedContents(document)).toEqual(await sentContents());
    const again = await runOnce();
    expect(again).toMatchObject({ ok: true, appended: 0 });
    expect(again.archives).toEqual(document.archives);
  });
});
