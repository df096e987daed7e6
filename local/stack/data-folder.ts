import { access, chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DataFolderInUseError, unusableData } from '../errors.ts';
import { mayRun, type ProcessIdentity, thisProcess } from '../process-identity.ts';

/** Where the embedded stack keeps what must survive a restart; locked while the process that opened it lives. */
export interface DataFolder extends AsyncDisposable {
  readonly queues: string;
  readonly table: string;
  readonly parameters: string;
  readonly signingKey: string;
}

/**
 * Opens the folder, and makes it if it is not there. Others on this machine may not look into it: it holds what people
 * wrote, and the key of the tokens. A folder that holds other things too is left as open as it is; our own parts of it
 * are closed.
 *
 * @throws DataFolderInUseError; DataFolderError for a folder that cannot be used, such as one on a full disk.
 */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  const root = path.resolve(folder);
  const lock = path.join(root, parts.lock);
  try {
    await makeFolder(root);
    await takeLock(root, lock);
  } catch (error) {
    throw error instanceof DataFolderInUseError ? error : unusableData(root, error);
  }
  const release = () => rm(lock, { force: true });
  try {
    for (const part of [parts.queues, parts.table])
      await mkdir(path.join(root, part), { recursive: true, mode: PRIVATE_FOLDER });
    await closeToOthers(root);
  } catch (error) {
    await release();
    throw unusableData(root, error);
  }
  return {
    queues: path.join(root, parts.queues),
    table: path.join(root, parts.table),
    parameters: path.join(root, parts.parameters),
    signingKey: path.join(root, parts.signingKey),
    [Symbol.asyncDispose]: release,
  };
}

const parts = {
  queues: 'queues',
  table: 'table',
  parameters: 'parameters.json',
  signingKey: 'signing-key.pem',
  lock: 'lock',
} as const;

const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/** Node's own recursion never ends where a folder that is there takes no other, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  if (!(await isThere(folder)) && !(await isThere(parent))) await makeFolder(parent);
  if (!(await isThere(folder))) await mkdir(folder, { mode: PRIVATE_FOLDER });
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Earlier versions made folders that others may read; and a folder may have been made for us. */
async function closeToOthers(root: string): Promise<void> {
  const known: readonly string[] = [...Object.values(parts), `${parts.parameters}.new`];
  const entries = await readdir(root, { withFileTypes: true });
  for (const entry of entries.filter(({ name }) => known.includes(name))) {
    await chmod(path.join(root, entry.name), entry.isDirectory() ? PRIVATE_FOLDER : PRIVATE_FILE);
  }
  if (entries.every(({ name }) => known.includes(name))) await chmod(root, PRIVATE_FOLDER);
}

/** The lock of a process that has ended is replaced. */
async function takeLock(root: string, lock: string): Promise<void> {
  if (await writeLock(lock)) return;
  const holder = await readLock(lock);
  if (mayRun(holder)) throw new DataFolderInUseError(root, holder.pid, lock);
  await rm(lock, { force: true });
  if (await writeLock(lock)) return;
  const { pid } = await readLock(lock);
  throw new DataFolderInUseError(root, pid, lock);
}

/** Returns whether there was no lock. */
async function writeLock(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, `${thisProcess.pid} ${thisProcess.startedAtMs}`, {
      flag: 'wx',
      mode: PRIVATE_FILE,
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readLock(lock: string): Promise<ProcessIdentity> {
  try {
    const [pid = 0, holderStartedAtMs = 0] = (await readFile(lock, 'utf8')).split(' ').map(Number);
    return { pid, startedAtMs: holderStartedAtMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { pid: 0, startedAtMs: 0 };
    throw error;
  }
}
