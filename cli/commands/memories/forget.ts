import type { Cli } from '../../cli.ts';
import { enter } from '../../memories/enter.ts';
import { memoriesCommand } from '../../memories/memories-command.ts';
import { parseSubject } from '../../memories/parse-subject.ts';

export function memoriesForget(cli: Cli) {
  return memoriesCommand(cli, {
    name: 'forget',
    summary: 'take a memory back',
    details: 'It is not used any more. Its history stays, so that it can be restored.',
    example: 'commitlane memories forget profile/home-city --scope ann --tenant acme --local',
  })
    .argument('<memory>', '<category>/<key>, such as profile/home-city', parseSubject)
    .action((subject, options) => enter(cli, options, subject, { kind: 'forget' }));
}
