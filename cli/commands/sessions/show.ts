import { readSession } from '../../../operator/sessions/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { parseName } from '../../command/parse-name.ts';
import { targetCommand } from '../../command/target-command.ts';
import { requireTenant, tenantOf, tenantOption } from '../../command/tenant-option.ts';
import { sessionLines } from '../../display/session-lines.ts';

export function sessionsShow(cli: Cli) {
  return targetCommand(cli, {
    name: 'show',
    summary: 'show a session',
    details: 'Its live positions, its lease, its newest commits and archives.',
    example: 'commitlane sessions show chat-42 --tenant acme --local',
  })
    .argument('<session>', 'the id of the session', parseName)
    .addOption(tenantOption())
    .action((session, { tenant, ...options }) => {
      requireTenant(session, tenant, options);
      return onTarget(cli, options, async (target) => {
        const key = { tenant: tenantOf(session, tenant, target), session };
        const document = await readSession(target, key);
        return { document, lines: (view) => sessionLines(view, document, cli.clock.now()) };
      });
    });
}
