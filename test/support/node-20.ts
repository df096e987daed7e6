import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { safetyTimeouts } from './safety-timeouts.ts';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../node_modules/.cache/node-20', import.meta.url));

/**
 * Node 20: this machine's own if it has one, else one from npm, which is kept in `node_modules/.cache`. A development
 * dependency would put its `node` in place of the one that runs the scripts.
 *
 * @throws when there is none, and npm cannot install one.
 */
export async function node20(): Promise<string> {
  const installed = path.join(cache, 'node_modules', 'node', 'bin', 'node');
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  for (const node of [...folders.map((folder) => path.join(folder, 'node')), installed]) {
    if (await is20(node)) return node;
  }
  await mkdir(cache, { recursive: true });
  await writeFile(path.join(cache, 'package.json'), '{"private":true,"allowScripts":{"node":true}}');
  await run('npm', ['install', '--no-save', 'node@20'], { cwd: cache, timeout: safetyTimeouts.conditionMs });
  return installed;
}

async function is20(node: string): Promise<boolean> {
  const version = await run(node, ['--version']).then(
    ({ stdout }) => stdout,
    () => '',
  );
  return version.startsWith('v20.');
}
