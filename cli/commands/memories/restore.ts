import type { Cli } from '../../cli.ts';
import { enter } from '../../memories/enter.ts';
import { memoriesCommand } from '../../memories/memories-command.ts';
import { parseSubject } from '../../memories/parse-subject.ts';

export function memoriesRestore(cli: Cli) {
  return memoriesCommand(cli, {
    name: 'restore',
    summary: 'say again what was taken back',
    details: 'The memory says what it said last.',
    example: 'commitlane memories restore profile/home-city --scope ann --tenant acme --local',
  })
    .argument('<memory>', '<category>/<key>, such as profile/home-city', parseSubject)
    .action((subject, options) => enter(cli, options, subject, { kind: 'restore' }));
}
