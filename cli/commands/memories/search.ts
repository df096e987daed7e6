import { searchMemories } from '../../../operator/memories/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { parseNumber } from '../../command/parse-number.ts';
import { parseQuery } from '../../command/parse-query.ts';
import { memoriesCommand, scopeIn } from '../../memories/memories-command.ts';
import { memoryHitLines } from '../../memories/memory-list-lines.ts';
import { parseAfter } from '../../memories/parse-after.ts';
import { parseCategory } from '../../memories/parse-category.ts';

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

export function memoriesSearch(cli: Cli) {
  return memoriesCommand(cli, {
    name: 'search',
    summary: 'find memories of a scope by what they say',
    details: 'The nearest first.',
    example: 'commitlane memories search "what does she drink" --scope ann --tenant acme --local',
  })
    .argument('<query>', 'what they say, or a question about it', parseQuery)
    .option('--category <category>', 'only those of this category', parseCategory)
    .option('--limit <memories>', 'show at most so many', parseNumber(1, MAX_LIMIT), DEFAULT_LIMIT)
    .option('--after <memory>', 'begin behind this one, as the search before says', parseAfter)
    .action((query, { category, limit, after, ...options }) => {
      const scopeOf = scopeIn(options);
      return onTarget(cli, options, async (target) => {
        const choice = { ...scopeOf(target), query, category, limit, after };
        const document = await searchMemories(target, choice, cli.signal);
        return { document, lines: (view) => memoryHitLines(view, document, cli.clock.now()) };
      });
    });
}
