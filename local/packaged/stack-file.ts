import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { sha256 } from '../template/fingerprint.ts';
import type { Assembly } from '../template/synthesise.ts';
import type { Template } from '../template/template.ts';

/** The stack that the package was built with, in the folder `dist`. */
const STACK_FILE = 'local/stack.json';
/** Where the package has its functions, in the same folder. */
const FUNCTIONS = 'functions';
const CODE = 'index.mjs';

const stackSchema = z.strictObject({
  stackName: z.string(),
  template: z.custom<Template>((value) => typeof value === 'object' && value !== null),
  /** Asset hash → the function whose bundle it is. */
  functions: z.record(z.string(), z.string()),
});

/** Writes down an assembly without its code, which is that of the package's functions. @throws Error for other code. */
export async function writeStackFile(
  dist: URL,
  { stackName, template, assetFolders }: Assembly,
): Promise<void> {
  const names = await functionsByCode(dist);
  const functions: Record<string, string> = {};
  for (const [hash, folder] of assetFolders) {
    const name = names.get(await digestOf(folder));
    if (name === undefined) throw new Error(`The asset ${hash} is no function of the package.`);
    functions[hash] = name;
  }
  const stack: z.output<typeof stackSchema> = { stackName, template, functions };
  await writeFile(new URL(STACK_FILE, dist), JSON.stringify(stack));
}

/** The assembly that was written down. */
export async function readStackFile(dist: URL): Promise<Assembly> {
  const text = await readFile(new URL(STACK_FILE, dist), 'utf8');
  const { functions, ...stack } = stackSchema.parse(JSON.parse(text));
  const folderOf = (name: string) => fileURLToPath(new URL(`${FUNCTIONS}/${name}`, dist));
  const assetFolders = Object.entries(functions).map(([hash, name]) => [hash, folderOf(name)] as const);
  return { ...stack, assetFolders: new Map(assetFolders) };
}

/** Digest of a bundle → its function. */
async function functionsByCode(dist: URL): Promise<ReadonlyMap<string, string>> {
  const folder = fileURLToPath(new URL(FUNCTIONS, dist));
  const names = await readdir(folder);
  return new Map(
    await Promise.all(names.map(async (name) => [await digestOf(path.join(folder, name)), name] as const)),
  );
}

const digestOf = async (folder: string) => sha256(await readFile(path.join(folder, CODE)));
