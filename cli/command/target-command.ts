import { Command } from '@commander-js/extra-typings';
import { configuredCommand } from '../../terminal/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';

/** What every command takes that works on a stack. */
export interface TargetOptions {
  readonly local?: true | undefined;
  readonly stack?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly json?: true | undefined;
}

/** What a command's help says. */
export interface CommandWords {
  readonly name: string;
  /** In the list of commands, too. */
  readonly summary: string;
  /** What else there is to know. */
  readonly details?: string;
  readonly example: string;
}

/** A command that works on a stack. */
export function targetCommand(cli: CliEnvironment, { name, summary, details, example }: CommandWords) {
  return configuredCommand(new Command(name), cli)
    .summary(summary)
    .description(details === undefined ? `${capitalised(summary)}.` : `${capitalised(summary)}. ${details}`)
    .addHelpText('after', `\nExample:\n  ${example}`)
    .optionsGroup('Stack:')
    .option('--stack <name>', 'the deployed stack, such as commitlane-prod (or set COMMITLANE_STACK)')
    .option('--region <region>', 'its AWS region; default: from the AWS configuration')
    .option('--profile <profile>', 'the AWS profile; default: from the environment')
    .option('--local', 'the stack that npm start runs on this machine')
    .optionsGroup('Options:')
    .option('--json', 'print one JSON document, for programs');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
