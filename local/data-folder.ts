import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DataFolderInUseError } from './errors.ts';

/** Where the embedded stack keeps what must survive a restart; locked while the process that opened it lives. */
export interface DataFolder extends AsyncDisposable {
  readonly queues: string;
  readonly table: string;
  readonly parameters: string;
  readonly signingKey: string;
}

/** Opens the folder, and makes it if it is not there. @throws DataFolderInUseError */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  const root = path.resolve(folder);
  const queues = path.join(root, 'queues');
  await mkdir(queues, { recursive: true });
  const lock = path.join(root, 'lock');
  await takeLock(root, lock);
  return {
    queues,
    table: path.join(root, 'table'),
    parameters: path.join(root, 'parameters.json'),
    signingKey: path.join(root, 'signing-key.pem'),
    [Symbol.asyncDispose]: () => rm(lock, { force: true }),
  };
}

/** The lock of a process that is no more is replaced. */
async function takeLock(root: string, lock: string): Promise<void> {
  const write = () => writeFile(lock, String(process.pid), { flag: 'wx' });
  try {
    await write();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const pid = Number(await readFile(lock, 'utf8'));
    if (pid !== process.pid && isRunning(pid)) throw new DataFolderInUseError(root, pid);
    await rm(lock, { force: true });
    await write();
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
