import type { Cli } from '../../cli.ts';
import { enter } from '../../memories/enter.ts';
import { memoriesCommand } from '../../memories/memories-command.ts';
import { parseMemoryText } from '../../memories/parse-memory-text.ts';
import { parseSubject } from '../../memories/parse-subject.ts';

export function memoriesEdit(cli: Cli) {
  return memoriesCommand(cli, {
    name: 'edit',
    summary: 'say what a memory is to say',
    details:
      'It is made if there is none. It holds until a later conversation contradicts it openly, or takes it back; what was ' +
      'said before stays in its history.',
    example:
      'commitlane memories edit profile/home-city "Ann lives in Oslo." --scope ann --tenant acme --local',
  })
    .argument('<memory>', '<category>/<key>, such as profile/home-city', parseSubject)
    .argument('<text>', 'one sentence that can be understood by itself', parseMemoryText)
    .action((subject, text, options) => enter(cli, options, subject, { kind: 'edit', text }));
}
