import type { Progress } from '../../operator/target/index.ts';
import { terminalOn } from '../../terminal/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';

const BAR_COLUMNS = 24;

/** Shows how far something is while it lasts: on stderr, and on a real terminal only. */
export async function withProgress<Result>(
  { stderr, variables }: Pick<CliEnvironment, 'stderr' | 'variables'>,
  work: (report: (progress: Progress) => void) => Promise<Result>,
): Promise<Result> {
  const terminal = terminalOn(stderr, variables);
  try {
    return await work((progress) => terminal.status(progressLine(progress)));
  } finally {
    terminal.status('');
  }
}

function progressLine({ text, counted }: Progress): string {
  if (!counted) return text;
  const { done, total } = counted;
  return `${barOf(done, total)} ${done} of ${total} ${text}`;
}

/** `[######------]`, full when `done` is `total`. */
export function barOf(done: number, total: number): string {
  const filled = total === 0 ? BAR_COLUMNS : Math.floor((Math.min(done, total) / total) * BAR_COLUMNS);
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR_COLUMNS - filled)}]`;
}
