import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { type CommandStreams, configuredCommand } from '../terminal/index.ts';
import type { Section } from './section.ts';
import { sections } from './sections.ts';

export interface Options {
  readonly json: boolean;
  readonly quick: boolean;
  readonly sections: readonly Section[];
}

const names = sections.map(({ name }) => name).join(', ');

/** @throws CommanderError that has said what is wrong, or, with the exit code 0, shown the help. */
export function parseOptions(args: readonly string[], streams: CommandStreams): Options {
  const {
    json = false,
    quick = false,
    only,
  } = configuredCommand(new Command('npm run bench --'), streams)
    .description(
      'Counts what each operation asks of DynamoDB, SQS, SSM and Redis, and checks what the documentation promises of ' +
        'it. Everything runs in this process, on emulated services. See bench/README.md.',
    )
    .option('--only <name>', `measure one section; may be repeated: ${names}`, addSection)
    .option('--quick', 'leave out what takes longest')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExit codes: 0 every promise is kept, 1 one is not, or a measurement failed, 2 wrong options, 130 stopped.',
    )
    .parse([...args], { from: 'user' })
    .opts();
  return { json, quick, sections: only ? sections.filter((section) => only.includes(section)) : sections };
}

function addSection(name: string, before: readonly Section[] = []): readonly Section[] {
  const section = sections.find((one) => one.name === name);
  if (section) return [...before, section];
  throw new InvalidArgumentError(`There are ${names}.`);
}
