import { Option } from '@commander-js/extra-typings';
import { deadLetterKinds } from '../../lib/dead-letters/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { parseDuration } from '../command/parse-duration.ts';
import { parseName } from '../command/parse-name.ts';
import { type CommandWords, targetCommand } from '../command/target-command.ts';

/** A command that works on dead letters, with the options that choose them. */
export function lettersCommand(cli: CliEnvironment, words: CommandWords) {
  return targetCommand(cli, words)
    .optionsGroup('Which letters (a letter must match each filter given):')
    .addOption(new Option('--queue <queue>', 'of this queue only').choices(deadLetterKinds))
    .option('--tenant <tenant>', 'of this tenant', parseName)
    .option('--session <session>', 'of this session', parseName)
    .option('--commit <commit>', 'of this commit', parseName)
    .option('--reason <text>', 'with this reason: its code, or a part of its message')
    .option('--older-than <time>', 'dead for at least this time: 90s, 15m, 2h, 3d', parseDuration)
    .optionsGroup('Options:');
}
