import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type Fingerprint, fingerprint, isSameFingerprint } from './fingerprint.ts';

/** Assemblies of earlier synthesises, each under a key that stands for what it was made of. */
export interface AssemblyCache {
  /** Copies what is kept under a key to a folder; returns whether there is such, whole and still current. */
  load(key: string, into: string): Promise<boolean>;
  /** Keeps a copy of a folder, with what else it was made of. An entry is there as a whole or not at all. */
  store(key: string, from: string, inputs: readonly string[]): Promise<void>;
}

const MAX_ENTRIES = 6;
/** What a process that was killed has left behind is no longer being written then. */
const DRAFT_MAX_AGE_MS = 60 * 60_000;
const ASSEMBLY = 'assembly';
const ENTRY = 'entry.json';

const fingerprintSchema = z.record(z.string(), z.string());
const entrySchema = z.object({
  inputs: fingerprintSchema,
  files: fingerprintSchema,
  names: z.array(z.string()),
});

/**
 * A cache in a folder, for any number of processes at once.
 *
 * @param root what the names of inputs are relative to.
 */
export function assemblyCache(folder: string, root: string): AssemblyCache {
  return {
    async load(key, into) {
      const place = path.join(folder, key);
      const entry = await readEntry(place);
      if (entry && isSameFingerprint(entry.inputs, fingerprint(root, entry.names))) {
        // The copy is looked at, and not what another process may be removing.
        await copyIfThere(path.join(place, ASSEMBLY), into);
        if (isSameFingerprint(entry.files, fingerprint(into, ['.']))) {
          await touch(place);
          return true;
        }
      }
      await rm(place, { recursive: true, force: true });
      return false;
    },

    async store(key, from, names) {
      await mkdir(folder, { recursive: true });
      const draft = await mkdtemp(path.join(folder, 'draft-'));
      try {
        await cp(from, path.join(draft, ASSEMBLY), { recursive: true });
        const entry = { names, inputs: fingerprint(root, names), files: fingerprint(from, ['.']) };
        await writeFile(path.join(draft, ENTRY), JSON.stringify(entry));
        await place(draft, path.join(folder, key));
        await removeOld(folder);
      } finally {
        await rm(draft, { recursive: true, force: true });
      }
    },
  };
}

async function readEntry(
  place: string,
): Promise<{ inputs: Fingerprint; files: Fingerprint; names: string[] } | undefined> {
  try {
    return entrySchema.safeParse(JSON.parse(await readFile(path.join(place, ENTRY), 'utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Another process may have kept the same meanwhile. */
async function place(draft: string, entry: string): Promise<void> {
  try {
    await rename(draft, entry);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

async function copyIfThere(from: string, to: string): Promise<void> {
  try {
    await cp(from, to, { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function touch(entry: string): Promise<void> {
  const now = new Date();
  try {
    await utimes(entry, now, now);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Keeps the entries that were used last. */
async function removeOld(folder: string): Promise<void> {
  const aged = (
    await Promise.all((await readdir(folder)).map((name) => ageOf(path.join(folder, name))))
  ).flat();
  const isDraft = (place: string) => path.basename(place).startsWith('draft-');
  const entries = aged.filter(({ place }) => !isDraft(place)).sort((a, b) => b.usedAtMs - a.usedAtMs);
  const drafts = aged.filter(
    ({ place, usedAtMs }) => isDraft(place) && usedAtMs < Date.now() - DRAFT_MAX_AGE_MS,
  );
  for (const { place } of [...entries.slice(MAX_ENTRIES), ...drafts])
    await rm(place, { recursive: true, force: true });
}

async function ageOf(place: string): Promise<{ place: string; usedAtMs: number }[]> {
  try {
    return [{ place, usedAtMs: (await stat(place)).mtimeMs }];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
