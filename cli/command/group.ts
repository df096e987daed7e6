import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { configuredCommand } from '../../terminal/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';

/** A command that only holds others. */
export function group(
  cli: CliEnvironment,
  {
    name,
    summary,
    commands,
  }: { readonly name: string; readonly summary: string; readonly commands: readonly CommandUnknownOpts[] },
): Command {
  const command = configuredCommand(new Command(name), cli).description(summary);
  for (const one of commands) command.addCommand(one);
  return command;
}
