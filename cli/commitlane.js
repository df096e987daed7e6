#!/usr/bin/env node
// Starts the command line, or with `start` the stack of this machine. In the package these are the built ones: the command
// line on any Node from 20 on, the stack on that of its functions. In the repository they are TypeScript, which runs under a
// Node that runs TypeScript: this one if it does (22.18 or newer), else the Node 24 that the project has as a development
// dependency. Under `npx commitlane` it is always that.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const NODE_OF_STACK = 24;

// Halves the time to start from sources, from the second start on. Node 20 has none.
module.enableCompileCache?.();

const commandLine = {
  source: new URL('./main.ts', import.meta.url),
  built: new URL('../dist/cli/main.js', import.meta.url),
};
const stack = {
  source: new URL('../local/start.ts', import.meta.url),
  built: new URL('../dist/local/start.js', import.meta.url),
};

const isStart = process.argv[2] === 'start';
const { source, built } = isStart ? stack : commandLine;
const isNewEnough = !isStart || Number.parseInt(process.versions.node, 10) >= NODE_OF_STACK;

if (isStart) process.argv.splice(2, 1);
if (existsSync(source)) await runSource();
else if (isNewEnough) await import(built.href);
else {
  process.stderr.write(
    `commitlane start needs Node ${NODE_OF_STACK}, on which the functions run; this is ${process.version}. ` +
      `Try: npx -p node@${NODE_OF_STACK} -p commitlane commitlane start\n`,
  );
  process.exitCode = 1;
}

async function runSource() {
  if (process.features.typescript && isNewEnough) await import(source.href);
  else process.exitCode = await runUnder(ownNode());
}

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
