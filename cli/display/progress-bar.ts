import { terminalOn } from '../../terminal/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';

const BAR_COLUMNS = 24;

/** Shows how far something is, on stderr, and on a real terminal only. */
export interface ProgressBar {
  update(done: number, label: string): void;
  /** Shows a text in its place until the next update. */
  say(text: string): void;
  /** Takes it away. */
  end(): void;
}

export function progressBar(
  { stderr, variables }: Pick<CliEnvironment, 'stderr' | 'variables'>,
  total: number,
): ProgressBar {
  const terminal = terminalOn(stderr, variables);
  return {
    update(done, label) {
      terminal.status(`${barOf(done, total)} ${done} of ${total} ${label}`);
    },
    say: (text) => terminal.status(text),
    end: () => terminal.status(''),
  };
}

/** `[######------]`, full when `done` is `total`. */
export function barOf(done: number, total: number): string {
  const filled = total === 0 ? BAR_COLUMNS : Math.floor((Math.min(done, total) / total) * BAR_COLUMNS);
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR_COLUMNS - filled)}]`;
}
