#!/usr/bin/env node
// Starts the command line. In the package that is the built one, on any Node from 20 on. In the repository it is
// TypeScript, which runs under a Node that runs TypeScript: this one if it does (22.18 or newer), else the Node 24 that
// the project has as a development dependency. Under `npx commitlane` it is always that.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = new URL('./main.ts', import.meta.url);
const built = new URL('../dist/cli/main.js', import.meta.url);

if (!existsSync(source)) await import(built.href);
else if (process.features.typescript) await import(source.href);
else process.exitCode = await runUnder(ownNode());

function ownNode() {
  try {
    return fileURLToPath(import.meta.resolve('node/bin/node'));
  } catch (error) {
    process.stderr.write(
      `commitlane needs Node 22.18 or newer, or npm ci in its folder; this is ${process.version} (${error.code}).\n`,
    );
    process.exit(1);
  }
}

/** The child decides when to end, and this process ends after it. It may hear of one Ctrl-C twice: from the terminal, too. */
function runUnder(node) {
  const child = spawn(node, [fileURLToPath(source), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => child.kill(name));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
