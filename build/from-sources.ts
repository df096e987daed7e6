import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { entries } from './entries.ts';

// Preloaded (`node --import`), it lets the examples import `commitlane/client` and the other entries as if the package were
// installed: from the sources, so that nothing has to be built before.

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = path.join(root, 'node_modules', '.cache', 'commitlane');

/** A page gets a file of the client, which must be JavaScript. */
async function bundledClient(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entries.client],
    bundle: true,
    platform: 'neutral',
    target: ['es2022', 'safari16'],
    format: 'esm',
    write: false,
    logLevel: 'warning',
  });
  await mkdir(cache, { recursive: true });
  const file = path.join(cache, 'client.js');
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, outputFiles[0]?.contents ?? '');
  // Several examples may start at once; a file is there as a whole or not at all.
  await rename(draft, file).finally(() => rm(draft, { force: true }));
  return file;
}

const files = new Map<string, string>([
  ...Object.entries(entries).map(([name, file]) => [`commitlane/${name}`, path.join(root, file)] as const),
  ['commitlane/client', await bundledClient()],
  ['commitlane/package.json', path.join(root, 'package.json')],
]);

registerHooks({
  resolve(specifier, context, next) {
    const file = files.get(specifier);
    return file === undefined ? next(specifier, context) : next(pathToFileURL(file).href, context);
  },
});
