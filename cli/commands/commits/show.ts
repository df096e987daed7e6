import { readCommit } from '../../../operator/commits/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { parseName } from '../../command/parse-name.ts';
import { targetCommand } from '../../command/target-command.ts';
import { requireTenant, tenantOf, tenantOption } from '../../command/tenant-option.ts';
import { commitLines } from '../../display/commit-lines.ts';

export function commitsShow(cli: Cli) {
  return targetCommand(cli, {
    name: 'show',
    summary: 'show a commit',
    details: 'Its state, and everything that happened to it.',
    example: 'commitlane commits show chat-42 01j9zq5x… --tenant acme --local',
  })
    .argument('<session>', 'the id of the session', parseName)
    .argument('<commit>', 'the id of the commit', parseName)
    .addOption(tenantOption())
    .action((session, commitId, { tenant, ...options }) => {
      requireTenant(session, tenant, options);
      return onTarget(cli, options, async (target) => {
        const key = { tenant: tenantOf(session, tenant, target), session };
        const document = await readCommit(target, key, commitId);
        return { document, lines: (view) => commitLines(view, document) };
      });
    });
}
