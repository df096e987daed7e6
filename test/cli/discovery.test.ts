import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findStacks } from '../../local/discovery/find-stack.ts';
import { type PublishedStack, publishStack } from '../../local/discovery/publish-stack.ts';
import { temporaryFolder } from '../local/temporary-folder.ts';

/** A stack whose parts answer for as long as it is not disposed of. */
async function answeringStack(more: Partial<PublishedStack> = {}) {
  const server: Server = createServer((_request, response) => response.writeHead(404).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stack: PublishedStack = {
    stackName: 'commitlane-dev',
    staysUp: true,
    apiUrl: url,
    endpoints: {
      AWS_ENDPOINT_URL_DYNAMODB: url,
      AWS_ENDPOINT_URL_SQS: url,
      AWS_ENDPOINT_URL_SSM: url,
      AWS_ENDPOINT_URL_EVENTBRIDGE: url,
    },
    limitVariables: {},
    outputs: { TableName: 'sessions' },
    caller: { tenant: 'demo', sub: 'ann' },
    tokens: { issuer: 'i', audience: 'a', signingKey: 'key' },
    ...more,
  };
  return {
    stack,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function endedProcess(): Promise<number> {
  const ended = spawn(process.execPath, ['-e', '']);
  await once(ended, 'exit');
  return ended.pid ?? 0;
}

async function folderWith(files: Readonly<Record<string, object | string>> = {}) {
  const texts = Object.entries(files).map(([name, content]) => [
    name,
    typeof content === 'string' ? content : JSON.stringify(content),
  ]);
  const folder = await temporaryFolder(Object.fromEntries(texts));
  return { ...folder, file: path.join(folder.path, 'local.json') };
}

describe('a running stack', () => {
  it('is found while it runs, and by its own user only', async () => {
    await using folder = await temporaryFolder();
    await using one = await answeringStack();
    const file = path.join(folder.path, 'new', 'local.json');
    {
      await using _published = await publishStack(file, one.stack);
      expect(await findStacks(file)).toMatchObject([{ ...one.stack, pid: process.pid, file }]);
      expect((await stat(file)).mode & 0o077).toBe(0);
    }
    await expect(findStacks(file)).rejects.toThrow(/There is no local stack: .* is not there/);
    expect(await readdir(path.dirname(file))).toEqual([]);
  });

  it('keeps its place when another one comes and goes', async () => {
    await using folder = await folderWith();
    await using first = await answeringStack();
    await using _first = await publishStack(folder.file, first.stack);
    const before = await readFile(folder.file, 'utf8');
    {
      await using second = await answeringStack({ staysUp: false });
      await using _second = await publishStack(folder.file, second.stack);
      expect(await readFile(folder.file, 'utf8')).toBe(before);
      expect(await findStacks(folder.file)).toMatchObject([first.stack, second.stack]);
    }
    expect(await readFile(folder.file, 'utf8')).toBe(before);
    expect(await findStacks(folder.file)).toMatchObject([first.stack]);
  });

  it('is found when the one that came before it has gone', async () => {
    await using folder = await folderWith();
    await using first = await answeringStack();
    const publishedFirst = await publishStack(folder.file, first.stack);
    await using second = await answeringStack();
    await using _second = await publishStack(folder.file, second.stack);
    await publishedFirst[Symbol.asyncDispose]();
    expect(await findStacks(folder.file)).toMatchObject([second.stack]);
  });

  it('takes the place of one that was killed, and of a file that is none', async () => {
    await using one = await answeringStack();
    for (const left of [{ ...one.stack, pid: await endedProcess(), startedAtMs: 1 }, '{', 'null', '']) {
      await using folder = await folderWith({ 'local.json': left });
      await using _published = await publishStack(folder.file, one.stack);
      expect(await findStacks(folder.file)).toMatchObject([{ pid: process.pid, file: folder.file }]);
      expect(await readdir(folder.path)).toEqual(['local.json']);
    }
  });

  it('leaves the file of a process of another version that still runs', async () => {
    const other = { pid: process.ppid, startedAtMs: 1 };
    await using folder = await folderWith({ 'local.json': other });
    await using one = await answeringStack();
    await using _published = await publishStack(folder.file, one.stack);
    expect(JSON.parse(await readFile(folder.file, 'utf8'))).toEqual(other);
    expect(await findStacks(folder.file)).toMatchObject([one.stack]);
  });

  it('is there for each of many that start and end at the same time', async () => {
    await using folder = await folderWith({ 'local.json': '{' });
    await using one = await answeringStack();
    const published = await Promise.all(
      Array.from({ length: 8 }, () => publishStack(folder.file, one.stack)),
    );
    expect(await findStacks(folder.file)).toHaveLength(8);
    await Promise.all(published.map((each) => each[Symbol.asyncDispose]()));
    expect(await readdir(folder.path)).toEqual([]);
  });
});

describe('a stack that does not answer', () => {
  it('is not found when its process has ended without removing its file', async () => {
    await using one = await answeringStack();
    await using folder = await folderWith({
      'local.json': { ...one.stack, pid: await endedProcess(), startedAtMs: 1 },
    });
    await expect(findStacks(folder.file)).rejects.toThrow(
      /process \d+, which .* names, has ended without removing that file/,
    );
  });

  it('is not found when its process id is of another program by now', async () => {
    const gone = await answeringStack();
    await using folder = await folderWith({
      'local.json': { ...gone.stack, pid: process.ppid, startedAtMs: 1 },
    });
    await gone[Symbol.asyncDispose]();
    await expect(findStacks(folder.file)).rejects.toThrow(/does not answer at http:\/\/127\.0\.0\.1:\d+/);
  });

  it('is left out where another one answers', async () => {
    const gone = await answeringStack();
    await using one = await answeringStack();
    await using folder = await folderWith({
      'local-7.json': { ...gone.stack, pid: process.ppid, startedAtMs: 1 },
      'local-8.json': '{',
      'local-8.json.bak': { ...one.stack, pid: process.ppid, startedAtMs: 1 },
    });
    await gone[Symbol.asyncDispose]();
    await using _published = await publishStack(folder.file, one.stack);
    expect(await findStacks(folder.file)).toMatchObject([{ file: folder.file }]);
  });

  it('is not found in a file that is damaged', async () => {
    await using folder = await folderWith({ 'local.json': '{' });
    await expect(findStacks(folder.file)).rejects.toThrow(/is not what npm start of this version writes/);
  });
});
