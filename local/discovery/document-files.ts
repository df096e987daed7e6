import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** The name of the document beside the first one, of a process that found that place taken. */
export function besideDocument(file: string, pid: number, number = 1): string {
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name}-${pid}${number === 1 ? '' : `-${number}`}${ext}`);
}

/** The first document and those beside it, as far as they are there: `local.json`, `local-12.json`, `local-12-2.json`. */
export async function documentFiles(file: string): Promise<string[]> {
  const { dir, name, ext } = path.parse(file);
  const isOne = (one: string) =>
    one.startsWith(name) && one.endsWith(ext) && /^(-\d+)*$/.test(one.slice(name.length, -ext.length));
  return (await namesIn(dir)).filter(isOne).map((one) => path.join(dir, one));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
