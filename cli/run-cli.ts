import type { Writable } from 'node:stream';
import { CommanderError } from '@commander-js/extra-typings';
import { InvalidLimitsError } from '../lib/limits/index.ts';
import { SessionNotDeletedError } from '../lib/verify/index.ts';
import { explainError } from '../operator/errors/index.ts';
import type { Cli } from './cli.ts';
import type { CliEnvironment } from './cli-environment.ts';
import { viewOf } from './display/view.ts';
import { UsageError } from './errors.ts';
import type { Outcome } from './outcome.ts';
import { makeProgram } from './program.ts';

const exitCodes = { well: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/**
 * Runs one command.
 *
 * @returns the exit code: 0 all is well, 1 it failed or found something wrong, 2 the command line cannot be run as it
 * is, 130 stopped by somebody.
 */
export async function runCli(args: readonly string[], environment: CliEnvironment): Promise<number> {
  let isWell = true;
  const cli: Cli = {
    ...environment,
    async show({ json = false }, outcome) {
      isWell &&= outcome.isWell ?? true;
      await write(environment.stdout, json ? asJson(outcome) : asText(outcome, environment));
    },
  };
  try {
    await makeProgram(cli).parseAsync([...args], { from: 'user' });
    if (environment.signal.aborted) return exitCodes.interrupted;
    return isWell ? exitCodes.well : exitCodes.failed;
  } catch (error) {
    return await fail(error, args, environment);
  }
}

async function fail(
  error: unknown,
  args: readonly string[],
  { stdout, stderr, signal }: CliEnvironment,
): Promise<number> {
  // It has said by itself what is wrong, or shown the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.well : exitCodes.usage;
  if (signal.aborted && error === signal.reason) {
    await write(stderr, 'Stopped.\n');
    return exitCodes.interrupted;
  }
  const { code, message } = explainError(error);
  await write(stderr, `${message}\n`);
  if (args.includes('--json'))
    await write(stdout, `${JSON.stringify({ error: { code, message } }, undefined, 2)}\n`);
  const isUsage = [UsageError, InvalidLimitsError, SessionNotDeletedError].some(
    (one) => error instanceof one,
  );
  return isUsage ? exitCodes.usage : exitCodes.failed;
}

/** What JSON leaves as it is and a terminal may obey. */
const OBEYED = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

function asJson({ document, isOneOfMany = false }: Outcome): string {
  return `${JSON.stringify(document, undefined, isOneOfMany ? 0 : 2).replace(OBEYED, escaped)}\n`;
}

function asText({ lines }: Outcome, { stdout, variables }: CliEnvironment): string {
  return lines(viewOf(stdout, variables))
    .map((line) => `${line}\n`)
    .join('');
}

/** Resolves when the text has been handed to the system: the process may exit then. */
function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
