import { createInterface } from 'node:readline/promises';
import type { CliEnvironment } from '../cli-environment.ts';
import { UsageError } from '../errors.ts';

/**
 * Asks on the terminal, and returns whether the answer is yes.
 *
 * @throws UsageError where there is no terminal to ask on; the signal's reason.
 */
export async function confirm(
  { stdin, stderr, signal }: Pick<CliEnvironment, 'stdin' | 'stderr' | 'signal'>,
  question: string,
): Promise<boolean> {
  if (stdin.isTTY !== true)
    throw new UsageError(`${question} There is no terminal to ask on: give --yes to continue.`);
  using lines = createInterface({ input: stdin, output: stderr });
  const answer = await lines.question(`${question} [y/N] `, { signal });
  return /^y(es)?$/i.test(answer.trim());
}
