import { ulid } from 'ulid';
import { systemClock } from '../lib/clock/index.ts';
import { listenForInterrupts } from '../terminal/index.ts';
import { discoveryFile, publishStack } from './discovery/index.ts';
import { type LocalStackOptions, startLocalStack } from './index.ts';
import { startCommand } from './job/start-command.ts';

export interface StartProgram {
  /** What people call to start it, such as `npm start --`. */
  readonly name: string;
  /** The command that starts the example of a chat page. */
  readonly chat: string;
  /** What paths on its command line are relative to. */
  readonly folder: string;
  /** The folder of the sample conversations. */
  readonly samples: string;
  /** Makes the assembly of the stack; the project's CDK app does unless given. */
  readonly synthesise?: NonNullable<LocalStackOptions['synthesise']>;
}

const caller = { tenant: 'demo', sub: 'demo-user' };

/** Runs the program that starts a stack on this machine: reads the command line, and sets the exit code. */
export async function startProgram({ name, chat, folder, samples, synthesise }: StartProgram): Promise<void> {
  // What a stack keeps is for its own user: messages, and the key of its tokens.
  process.umask(0o077);
  using interrupts = listenForInterrupts(process, systemClock, () => process.exit(130));
  // Whoever reads the output has seen enough, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(1);
  });

  process.exitCode = await startCommand(process.argv.slice(2), {
    name,
    chat,
    stdout: process.stdout,
    stderr: process.stderr,
    variables: process.env,
    folder,
    samples,
    clock: systemClock,
    newId: ulid,
    signal: interrupts.signal,
    async startStack({ staysUp, ...options }) {
      await using resources = new AsyncDisposableStack();
      const stack = resources.use(await startLocalStack({ ...options, ...(synthesise && { synthesise }) }));
      // The command line finds the stack there, with --local.
      const file = process.env['COMMITLANE_LOCAL_FILE'] ?? discoveryFile;
      resources.use(await publishStack(file, { ...stack, caller, staysUp }));
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
}
