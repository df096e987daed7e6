import { readMemory } from '../../../operator/memories/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { memoriesCommand, scopeIn } from '../../memories/memories-command.ts';
import { memoryLines } from '../../memories/memory-lines.ts';
import { parseSubject } from '../../memories/parse-subject.ts';

export function memoriesShow(cli: Cli) {
  return memoriesCommand(cli, {
    name: 'show',
    summary: 'show a memory with its history',
    details: 'What was said of it, when, by whom, and from which archive and message.',
    example: 'commitlane memories show profile/home-city --scope ann --tenant acme --local',
  })
    .argument('<memory>', '<category>/<key>, such as profile/home-city', parseSubject)
    .action((subject, options) => {
      const scopeOf = scopeIn(options);
      return onTarget(cli, options, async (target) => {
        const document = await readMemory(target, { ...scopeOf(target), ...subject }, cli.signal);
        return { document, lines: (view) => memoryLines(view, document, cli.clock.now()) };
      });
    });
}
