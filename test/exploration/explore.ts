import { CommanderError } from '@commander-js/extra-typings';
import { deepSearch } from './cli/deep-search.ts';
import { mutantTable } from './cli/mutant-table.ts';
import { type ExploreOptions, parseOptions } from './cli/parse-options.ts';
import { replayCommand } from './cli/replay-command.ts';

const exitCodes = { well: 0, usage: 2 } as const;

function run(options: ExploreOptions): Promise<number> {
  switch (options.kind) {
    case 'replay':
      return replayCommand(options.schedule, options.mutant);
    case 'mutants':
      return mutantTable();
    case 'search':
      return deepSearch(options.seconds);
  }
}

try {
  const { stdout, stderr, env: variables } = process;
  process.exitCode = await run(parseOptions(process.argv.slice(2), { stdout, stderr, variables }));
} catch (error) {
  // It has said by itself what is wrong, or shown the help that was asked for.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? exitCodes.well : exitCodes.usage;
}
