import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What files hold: path, relative to a folder and with `/`, → SHA-256. */
export type Fingerprint = Readonly<Record<string, string>>;

/** Files, and all files of folders, in order of path; what is not there, or no file, is left out. */
export function fingerprint(root: string, names: readonly string[]): Fingerprint {
  const files = new Set(names.flatMap((name) => filesIn(root, name)));
  return Object.fromEntries(
    [...files].sort().map((file) => [file, sha256(readFileSync(path.join(root, file)))]),
  );
}

export function isSameFingerprint(one: Fingerprint, other: Fingerprint): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

export const sha256 = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');

function filesIn(root: string, name: string): string[] {
  try {
    return readdirSync(path.join(root, name), { withFileTypes: true }).flatMap((entry) => {
      const inner = path.posix.join(name, entry.name);
      if (entry.isDirectory()) return filesIn(root, inner);
      return entry.isFile() ? [inner] : [];
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') return [name];
    if (code === 'ENOENT') return [];
    throw error;
  }
}
