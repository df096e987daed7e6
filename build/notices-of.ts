import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** Packages of long ago say what their license is in one of two other forms. */
const packageSchema = z
  .object({
    name: z.string(),
    version: z.string(),
    license: z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]).optional(),
    licenses: z.array(z.object({ type: z.string() })).optional(),
  })
  .transform(({ name, version, license, licenses = [] }) => ({
    name,
    version,
    license: license ?? licenses.map(({ type }) => type).join(' or '),
  }));

/**
 * The licenses of the packages that bundles hold.
 *
 * @param inputs what went into the bundles, relative to `root`.
 */
export async function noticesOf(root: string, inputs: readonly string[]): Promise<string> {
  const folders = new Set(inputs.flatMap((input) => packageOf(input) ?? []));
  const notices = new Set(await Promise.all([...folders].map((folder) => noticeOf(path.join(root, folder)))));
  return [...notices].sort().join(`\n${'-'.repeat(80)}\n\n`);
}

/** The folder of the innermost package that a file is of. */
function packageOf(input: string): string | undefined {
  return /^(.*\/)?node_modules\/(@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

async function noticeOf(folder: string): Promise<string> {
  const { name, version, license } = packageSchema.parse(
    JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')),
  );
  const files = (await readdir(folder))
    .filter((file) => /^(licen[cs]e|notice)(\.(md|txt))?$/i.test(file))
    .sort();
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  return `${[`${name} ${version} (${license})`, ...texts.map((text) => text.trim())].join('\n\n')}\n`;
}
