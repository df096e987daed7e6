import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDataFolder } from '../../local/data-folder.ts';
import { DataFolderInUseError } from '../../local/errors.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A process that does nothing until it is ended. */
async function otherProcess() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  return {
    pid: child.pid ?? 0,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

describe('a data folder', () => {
  it('is made when it is not there', async () => {
    await using parent = await temporaryFolder();
    await using data = await openDataFolder(path.join(parent.path, 'new', 'data'));
    await access(data.queues);
    expect(path.isAbsolute(data.parameters)).toBe(true);
  });

  it('is locked while it is open, even for its own process, which the error names', async () => {
    await using folder = await temporaryFolder();
    {
      await using _open = await openDataFolder(folder.path);
      const second = openDataFolder(folder.path);
      await expect(second).rejects.toThrow(DataFolderInUseError);
      await expect(second).rejects.toThrow(`Process ${process.pid} uses the data folder ${folder.path}.`);
      await expect(openDataFolder(folder.path)).rejects.toThrow(DataFolderInUseError);
    }
    await using _again = await openDataFolder(folder.path);
  });

  it('is locked by another process while that one lives, and no longer', async () => {
    await using folder = await temporaryFolder();
    {
      await using other = await otherProcess();
      await writeFile(path.join(folder.path, 'lock'), `${other.pid} 1`);
      const refused = openDataFolder(folder.path);
      await expect(refused).rejects.toThrow(`Process ${other.pid} uses the data folder`);
      await expect(refused).rejects.toThrow('--data');
    }
    await using _open = await openDataFolder(folder.path);
  });

  it.each([
    ['an earlier process with the same id', `${process.pid} 1`],
    ['a process that died before it had written', ''],
    ['nobody who can be recognised', 'not a process'],
    ['a process group', '-1 1'],
  ])('is taken over from %s', async (_who, lock) => {
    await using folder = await temporaryFolder({ lock });
    await using _open = await openDataFolder(folder.path);
    await expect(openDataFolder(folder.path)).rejects.toThrow(`Process ${process.pid} uses`);
  });
});
