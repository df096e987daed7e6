import { fileURLToPath } from 'node:url';
import { ulid } from 'ulid';
import { systemClock } from '../lib/clock/index.ts';
import { listenForInterrupts } from '../terminal/index.ts';
import { discoveryFile, publishStack } from './discovery/index.ts';
import { startLocalStack } from './index.ts';
import { startCommand } from './job/start-command.ts';

const caller = { tenant: 'demo', sub: 'demo-user' };

// What a stack keeps is for its own user: messages, and the key of its tokens.
process.umask(0o077);
using interrupts = listenForInterrupts(process, systemClock, () => process.exit(130));
// Whoever reads the output has seen enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(1);
});

process.exitCode = await startCommand(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  variables: process.env,
  // npm starts scripts in the project's folder, and says here where it was called.
  folder: process.env['INIT_CWD'] ?? process.cwd(),
  samples: fileURLToPath(new URL('../events/conversations', import.meta.url)),
  clock: systemClock,
  newId: ulid,
  signal: interrupts.signal,
  async startStack({ staysUp, ...options }) {
    await using resources = new AsyncDisposableStack();
    const stack = resources.use(await startLocalStack(options));
    // The command line finds the stack there, with --local.
    resources.use(await publishStack(discoveryFile, { ...stack, caller, staysUp }));
    const running = resources.move();
    return {
      apiUrl: stack.apiUrl,
      caller,
      failure: stack.failure,
      mintToken: () => stack.mintToken(caller),
      [Symbol.asyncDispose]: () => running.disposeAsync(),
    };
  },
});
