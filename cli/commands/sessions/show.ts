import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { parseName } from '../../command/parse-name.ts';
import { targetCommand } from '../../command/target-command.ts';
import { sessionLines } from '../../display/session-lines.ts';
import { readSession } from '../../sessions/read-session.ts';

export function sessionsShow(cli: Cli) {
  return targetCommand(cli, {
    name: 'show',
    summary: 'show a session',
    details: 'What is live, who holds its lease, its newest commits and archives.',
    example: 'commitlane sessions show chat-42 --tenant acme --local',
  })
    .argument('<session>', 'the id of the session', parseName)
    .requiredOption('--tenant <tenant>', 'whose session it is', parseName)
    .action((session, { tenant, ...options }) =>
      onTarget(cli, options, async (target, parts) => {
        const document = await readSession(parts, { tenant, session }, target.outputs.LeaseStore);
        return { document, lines: (view) => sessionLines(view, document, cli.clock.now()) };
      }),
    );
}
