import { Option } from '@commander-js/extra-typings';
import { deadLetterKinds } from '../../lib/dead-letters/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { parseDuration } from '../command/parse-duration.ts';
import { parseName } from '../command/parse-name.ts';
import { type CommandWords, targetCommand } from '../command/target-command.ts';

/** A command that works on dead letters, and takes what says which of them. */
export function lettersCommand(cli: CliEnvironment, words: CommandWords) {
  return targetCommand(cli, words)
    .optionsGroup('Which letters (each that is given must fit):')
    .addOption(new Option('--queue <queue>', 'of one queue only').choices(deadLetterKinds))
    .option('--tenant <tenant>', 'of one tenant', parseName)
    .option('--session <session>', 'of one session', parseName)
    .option('--commit <commit>', 'of one commit', parseName)
    .option('--reason <text>', 'given up for this reason: its code, or a part of its words')
    .option('--older-than <time>', 'dead for at least so long: 90s, 15m, 2h, 3d', parseDuration)
    .optionsGroup('Options:');
}
