import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { type CommandStreams, configuredCommand } from '../../../terminal/index.ts';

/** One of three things to do. */
export type ExploreOptions =
  | { readonly kind: 'search'; readonly seconds: number }
  | { readonly kind: 'replay'; readonly schedule: string; readonly mutant?: string }
  | { readonly kind: 'mutants' };

const DEFAULT_SECONDS = 600;

/** @throws CommanderError that has said what is wrong, or, with the exit code 0, shown the help. */
export function parseOptions(args: readonly string[], streams: CommandStreams): ExploreOptions {
  const command = configuredCommand(new Command('npm run explore --'), streams)
    .description('Explores schedules of the commit protocol. See test/exploration/README.md.')
    .option(
      '--seconds <n>',
      `search for so long in all (default ${DEFAULT_SECONDS}); what must be followed whole takes as long as it takes`,
      parseSeconds,
    )
    .addOption(
      new Option(
        '--replay <schedule>',
        'follow one schedule, as a violation prints it, and tell it step by step',
      ).conflicts('seconds'),
    )
    .option('--mutant <name>', 'with --replay: in the protocol with this mistake')
    .addOption(
      new Option('--mutants', 'find every deliberate mistake, and print who found it').conflicts([
        'seconds',
        'replay',
      ]),
    )
    .addHelpText('after', '\nExit codes: 0 all is well, 1 a promise was broken, 2 the command line is wrong.')
    .parse([...args], { from: 'user' });
  const { seconds = DEFAULT_SECONDS, replay: schedule, mutant, mutants } = command.opts();
  if (mutant !== undefined && schedule === undefined) command.error('error: --mutant needs --replay');
  if (schedule !== undefined) return { kind: 'replay', schedule, ...(mutant !== undefined && { mutant }) };
  return mutants ? { kind: 'mutants' } : { kind: 'search', seconds };
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds > 0) return seconds;
  throw new InvalidArgumentError('It must be a positive number of seconds.');
}
