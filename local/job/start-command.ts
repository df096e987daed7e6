import type { Writable } from 'node:stream';
import { CommanderError } from '@commander-js/extra-typings';
import { terminalOn } from '../../terminal/index.ts';
import { readInput } from './conversation/read-input.ts';
import { failureDocument } from './display/job-document.ts';
import { InvalidConversationError } from './errors.ts';
import { parseOptions, type StartOptions } from './parse-options.ts';
import { serve } from './serve.ts';
import type { StartEnvironment } from './start-environment.ts';

const exitCodes = { wentWrong: 1, invalidUsage: 2, interrupted: 130 } as const;

/**
 * Runs the program.
 *
 * @returns the exit code: 0 all is well, 1 something went wrong, 2 the command line or the input is wrong, 130
 * stopped before the job was done.
 */
export async function startCommand(args: readonly string[], environment: StartEnvironment): Promise<number> {
  try {
    return await start(parseOptions(args, environment), environment);
  } catch (error) {
    // It has said by itself what is wrong, or shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.invalidUsage;
    if (!(error instanceof InvalidConversationError)) throw error;
    await write(environment.stderr, `${error.message}\n`);
    return exitCodes.invalidUsage;
  }
}

async function start(options: StartOptions, environment: StartEnvironment): Promise<number> {
  const conversations = await readInput(options, environment);
  const { stdout, stderr, variables, signal } = environment;
  const terminal = terminalOn(options.json ? stderr : stdout, variables);
  try {
    const { isWell, document } = await serve(options, environment, terminal, conversations);
    if (options.json) await write(stdout, `${JSON.stringify(document, null, 2)}\n`);
    return isWell ? 0 : exitCodes.wentWrong;
  } catch (error) {
    const isStopped = signal.aborted && error === signal.reason;
    const message = error instanceof Error ? error.message : String(error);
    terminal.line(isStopped ? 'Stopped.' : terminal.colors.red(message));
    if (options.verbose && !isStopped && error instanceof Error) terminal.line(error.stack);
    if (options.json) await write(stdout, `${JSON.stringify(failureDocument(message), null, 2)}\n`);
    return isStopped ? exitCodes.interrupted : exitCodes.wentWrong;
  }
}

/** Resolves when the text has been handed to the system: the process may exit then. */
function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
