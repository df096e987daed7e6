import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DataFolderInUseError } from './errors.ts';
import { isRunning } from './is-running.ts';

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

/** Tells this process from an earlier one that had the same id, as in a container that starts again. */
const startedAtMs = Math.round(performance.timeOrigin);

/** The lock of a process that is no more is replaced. */
async function takeLock(root: string, lock: string): Promise<void> {
  if (await writeLock(lock)) return;
  const holder = await readLock(lock);
  if (isHeld(holder)) throw new DataFolderInUseError(root, holder.pid, lock);
  await rm(lock, { force: true });
  if (await writeLock(lock)) return;
  const { pid } = await readLock(lock);
  throw new DataFolderInUseError(root, pid, lock);
}

/** Returns whether there was no lock. */
async function writeLock(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, `${process.pid} ${startedAtMs}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

interface Holder {
  readonly pid: number;
  readonly startedAtMs: number;
}

async function readLock(lock: string): Promise<Holder> {
  try {
    const [pid = 0, holderStartedAtMs = 0] = (await readFile(lock, 'utf8')).split(' ').map(Number);
    return { pid, startedAtMs: holderStartedAtMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { pid: 0, startedAtMs: 0 };
    throw error;
  }
}

function isHeld(holder: Holder): boolean {
  // Numbers below stand for groups of processes.
  if (!Number.isInteger(holder.pid) || holder.pid < 1) return false;
  return holder.pid === process.pid ? holder.startedAtMs === startedAtMs : isRunning(holder.pid);
}
