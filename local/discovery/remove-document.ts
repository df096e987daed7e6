import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm } from 'node:fs/promises';
import type { ProcessIdentity } from '../process-identity.ts';
import { parseOwner } from './discovery-document.ts';
import { besideDocument } from './document-files.ts';

/**
 * Removes a file if its owner says so. Another stack may take the place between a look and a removal: so the file is
 * moved aside, looked at once more there, and put back if it is another's.
 *
 * @param isToGo told who owns the file; undefined where that cannot be read.
 */
export async function removeDocument(
  file: string,
  isToGo: (owner: ProcessIdentity | undefined) => boolean,
): Promise<void> {
  const text = await readIfThere(file);
  if (text === undefined || !isToGo(parseOwner(text))) return;
  const aside = `${file}.${randomUUID()}.aside`;
  if (!(await moveIfThere(file, aside))) return;
  const owner = parseOwner((await readIfThere(aside)) ?? '');
  if (owner !== undefined && !isToGo(owner)) await putBack(aside, file, owner);
  await rm(aside, { force: true });
}

/** Beside its place, if a third stack has that by now. */
async function putBack(aside: string, file: string, { pid }: ProcessIdentity): Promise<void> {
  try {
    await link(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await rename(aside, besideDocument(file, pid));
  }
}

/** What a file says; undefined where there is none. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function moveIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
