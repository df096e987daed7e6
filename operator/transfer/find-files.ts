import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidImportError } from './errors.ts';

/**
 * The file that a path names, or all `.jsonl` files of the folder, by name.
 *
 * @throws InvalidImportError when there is none.
 */
export async function findFiles(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = (await readdir(path)).filter((name) => name.endsWith('.jsonl')).sort();
    if (names.length > 0) return names.map((name) => join(path, name));
  } catch (cause) {
    const { code = String(cause) } = cause as NodeJS.ErrnoException;
    throw new InvalidImportError([`${path} cannot be read (${code})`], { cause });
  }
  throw new InvalidImportError([`${path}: there is no .jsonl file in it`]);
}
