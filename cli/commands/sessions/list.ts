import { listSessions } from '../../../operator/sessions/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { parseName } from '../../command/parse-name.ts';
import { parseNumber } from '../../command/parse-number.ts';
import { targetCommand } from '../../command/target-command.ts';
import { requireTenant, tenantOf, tenantOption } from '../../command/tenant-option.ts';
import { sessionListLines } from '../../display/session-list-lines.ts';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;

export function sessionsList(cli: Cli) {
  return targetCommand(cli, {
    name: 'list',
    summary: 'list sessions',
    details: 'Those of a tenant, or of one scope of it, newest activity first.',
    example: 'commitlane sessions list --tenant acme --scope ann --limit 20 --local',
  })
    .addOption(tenantOption())
    .option('--scope <scope>', 'only the sessions of this scope', parseName)
    .option('--limit <sessions>', 'list at most so many', parseNumber(1, MAX_LIMIT), DEFAULT_LIMIT)
    .action(({ tenant, scope, limit, ...options }) => {
      requireTenant(undefined, tenant, options);
      return onTarget(cli, options, async (target) => {
        const document = await listSessions(target, {
          tenant: tenantOf(undefined, tenant, target),
          scope,
          limit,
        });
        return { document, lines: (view) => sessionListLines(view, document, cli.clock.now()) };
      });
    });
}
