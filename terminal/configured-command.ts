import type { Command } from '@commander-js/extra-typings';
import type { TerminalStream } from './terminal.ts';

/** Where a command writes its help, and what is wrong with its arguments. */
export interface CommandStreams {
  readonly stdout: TerminalStream;
  readonly stderr: TerminalStream;
  /** Help has no colours where NO_COLOR is among them. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

const HELP_COLUMNS = 100;

/**
 * The same command, writing to the given streams, and throwing where it would exit: a CommanderError that has said what
 * is wrong, or, with the exit code 0, shown the help that was asked for.
 */
export function configuredCommand(command: Command, { stdout, stderr, variables }: CommandStreams): Command {
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
