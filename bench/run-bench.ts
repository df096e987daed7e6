import { CommanderError } from '@commander-js/extra-typings';
import { StoppedError, type TerminalStream, terminalOn } from '../terminal/index.ts';
import type { Claim } from './claim.ts';
import { reportLines } from './display/report-lines.ts';
import { measure } from './measure.ts';
import { parseOptions } from './parse-options.ts';

const exitCodes = { well: 0, failed: 1, usage: 2, interrupted: 130 } as const;
/** What is measured waits for nothing; should it come to, this ends it. */
const MAX_RUN_MS = 15 * 60_000;

export interface BenchEnvironment {
  readonly stdout: TerminalStream;
  readonly stderr: TerminalStream;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** What is checked. */
  readonly claims: readonly Claim[];
  /** Aborts when somebody stops it. */
  readonly signal: AbortSignal;
}

/** Runs the measurements and shows them. @returns the exit code. */
export async function runBench(args: readonly string[], environment: BenchEnvironment): Promise<number> {
  const { stdout, stderr, variables } = environment;
  const progress = terminalOn(stderr, variables);
  try {
    const options = parseOptions(args, environment);
    const report = await measure({
      ...options,
      claims: environment.claims,
      signal: AbortSignal.any([environment.signal, AbortSignal.timeout(MAX_RUN_MS)]),
      onSection: ({ title }) => progress.status(`${title} …`),
    });
    progress.status('');
    const lines = options.json
      ? [JSON.stringify(report, undefined, 2)]
      : reportLines(report, terminalOn(stdout, variables));
    stdout.write(`${lines.join('\n')}\n`);
    return report.claims.every(({ holds }) => holds) ? exitCodes.well : exitCodes.failed;
  } catch (error) {
    progress.status('');
    return fail(error, environment);
  }
}

function fail(error: unknown, { stderr, signal }: BenchEnvironment): number {
  // It has said by itself what is wrong, or shown the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.well : exitCodes.usage;
  if (signal.aborted && (error === signal.reason || error instanceof StoppedError)) {
    stderr.write('Stopped.\n');
    return exitCodes.interrupted;
  }
  stderr.write(`A measurement failed: ${error instanceof Error ? error.stack : String(error)}\n`);
  return exitCodes.failed;
}
