import { listMemories } from '../../../operator/memories/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { parseNumber } from '../../command/parse-number.ts';
import { memoriesCommand, scopeIn } from '../../memories/memories-command.ts';
import { memoryListLines } from '../../memories/memory-list-lines.ts';
import { parseAfter } from '../../memories/parse-after.ts';
import { parseCategory } from '../../memories/parse-category.ts';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;

export function memoriesList(cli: Cli) {
  return memoriesCommand(cli, {
    name: 'list',
    summary: 'list the memories of a scope',
    details: 'In the order of category and key.',
    example: 'commitlane memories list --scope ann --tenant acme --category preference --local',
  })
    .option('--category <category>', 'only those of this category', parseCategory)
    .option(
      '--words <words>',
      'only those whose key and text have all of these words, or words that begin so',
    )
    .option('--forgotten', 'also those that were taken back')
    .option('--limit <memories>', 'list at most so many', parseNumber(1, MAX_LIMIT), DEFAULT_LIMIT)
    .option('--after <memory>', 'begin behind this one, as the list before says', parseAfter)
    .action(({ category, words, forgotten, limit, after, ...options }) => {
      const scopeOf = scopeIn(options);
      return onTarget(cli, options, async (target) => {
        const choice = { ...scopeOf(target), category, words, withForgotten: forgotten, limit, after };
        const document = await listMemories(target, choice, cli.signal);
        return { document, lines: (view) => memoryListLines(view, document, cli.clock.now()) };
      });
    });
}
