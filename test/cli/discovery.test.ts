import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findStack } from '../../local/discovery/find-stack.ts';
import { publishStack } from '../../local/discovery/publish-stack.ts';
import { temporaryFolder } from '../local/temporary-folder.ts';

const stack = {
  stackName: 'commitlane-dev',
  apiUrl: 'http://127.0.0.1:1',
  endpoints: {
    AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:2',
    AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:3',
    AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:4',
  },
  outputs: { TableName: 'sessions' },
};

describe('a running stack', () => {
  it('is found while it runs, and by its own user only', async () => {
    await using folder = await temporaryFolder();
    const file = path.join(folder.path, 'new', 'local.json');
    {
      await using _published = await publishStack(file, stack);
      expect(await findStack(file)).toMatchObject({ ...stack, pid: process.pid });
      expect((await stat(file)).mode & 0o077).toBe(0);
    }
    await expect(findStack(file)).rejects.toThrow(/There is no local stack: .* is not there/);
  });

  it('does not take away what another has written since', async () => {
    await using folder = await temporaryFolder();
    const file = path.join(folder.path, 'local.json');
    const first = await publishStack(file, stack);
    await publishStack(file, { ...stack, stackName: 'commitlane-other' });
    await first[Symbol.asyncDispose]();
    expect(await readFile(file, 'utf8')).toContain('commitlane-other');
  });

  it('is not found when its process has ended without a word', async () => {
    await using folder = await temporaryFolder();
    const file = path.join(folder.path, 'local.json');
    const ended = spawn(process.execPath, ['-e', '']);
    await once(ended, 'exit');
    await writeFile(file, JSON.stringify({ ...stack, pid: ended.pid, startedAtMs: 1 }));
    await expect(findStack(file)).rejects.toThrow(
      /process \d+, which .* names, has ended without removing that file/,
    );
  });

  it('is not found in a file that is damaged', async () => {
    await using folder = await temporaryFolder();
    const file = path.join(folder.path, 'local.json');
    await writeFile(file, '{');
    await expect(findStack(file)).rejects.toThrow(/is not what npm start writes/);
  });
});
