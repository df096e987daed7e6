import type { CliEnvironment } from '../cli-environment.ts';

/** Says something to people that is no part of the outcome: a line of stderr. */
export function noteOn({ stderr }: Pick<CliEnvironment, 'stderr'>): (text: string) => void {
  return (text) => stderr.write(`${text}\n`);
}
