import type { Command } from '@commander-js/extra-typings';
import type { CliEnvironment } from '../cli-environment.ts';

const HELP_COLUMNS = 100;

/** The same command, writing to the given streams, and throwing where it would exit. */
export function configured(command: Command, { stdout, stderr, variables }: CliEnvironment): Command {
  const hasColors = (stream: { readonly isTTY?: boolean }) => stream.isTTY === true && !variables['NO_COLOR'];
  return command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => Math.min(HELP_COLUMNS, stdout.columns ?? HELP_COLUMNS),
      getErrHelpWidth: () => Math.min(HELP_COLUMNS, stderr.columns ?? HELP_COLUMNS),
      getOutHasColors: () => hasColors(stdout),
      getErrHasColors: () => hasColors(stderr),
    })
    .showHelpAfterError('--help explains the command.')
    .allowExcessArguments(false);
}
