import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataFolderError, DataFolderInUseError } from '../../local/errors.ts';
import { openDataFolder } from '../../local/stack/data-folder.ts';
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

  it('is closed to others on this machine, and so is what an earlier version left open in it', async () => {
    await using parent = await temporaryFolder();
    const root = path.join(parent.path, 'data');
    await mkdir(path.join(root, 'queues'), { recursive: true, mode: 0o755 });
    await writeFile(path.join(root, 'parameters.json'), '[]', { mode: 0o644 });
    await chmod(root, 0o755);
    await using data = await openDataFolder(root);
    const modes = await Promise.all(
      [root, data.queues, data.table, data.parameters].map(async (one) => (await stat(one)).mode & 0o777),
    );
    expect(modes).toEqual([0o700, 0o700, 0o700, 0o600]);
  });

  it('that holds other things too is left as open as it is, but for our parts of it', async () => {
    await using folder = await temporaryFolder({ 'notes.txt': '' });
    await chmod(folder.path, 0o755);
    await using data = await openDataFolder(folder.path);
    expect((await stat(folder.path)).mode & 0o777).toBe(0o755);
    expect((await stat(data.table)).mode & 0o777).toBe(0o700);
  });

  it.skipIf(process.platform !== 'linux')('that nobody can make is refused', async () => {
    await expect(openDataFolder('/proc/data/deep')).rejects.toThrow(/\/proc\/data\/deep cannot be used/);
  });

  it.each(['a file', 'below a file'])('that is %s is refused, with what to do', async (where) => {
    await using folder = await temporaryFolder({ file: '' });
    const name = where === 'a file' ? 'file' : 'file/data';
    const refused = openDataFolder(path.join(folder.path, name));
    await expect(refused).rejects.toThrow(DataFolderError);
    await expect(refused).rejects.toThrow(/cannot be used .*Choose another folder with --data/);
  });
});
