import { cancelCommit } from '../../../operator/commits/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { parseName } from '../../command/parse-name.ts';
import { targetCommand } from '../../command/target-command.ts';
import { requireTenant, tenantOf, tenantOption } from '../../command/tenant-option.ts';
import { commitLines } from '../../display/commit-lines.ts';

export function commitsCancel(cli: Cli) {
  return targetCommand(cli, {
    name: 'cancel',
    summary: 'cancel a commit that is still queued',
    details: 'Cancelling it again changes nothing.',
    example: 'commitlane commits cancel chat-42 01j9zq5x… --tenant acme --local',
  })
    .argument('<session>', 'the id of the session', parseName)
    .argument('<commit>', 'the id of the commit', parseName)
    .addOption(tenantOption())
    .action((session, commitId, { tenant, ...options }) => {
      requireTenant(session, tenant, options);
      return onTarget(cli, options, async (target) => {
        const key = { tenant: tenantOf(session, tenant, target), session };
        const document = await cancelCommit(target, key, commitId);
        return { document, lines: (view) => commitLines(view, document) };
      });
    });
}
