import { followCommit } from '../../../operator/commits/index.ts';
import type { Cli } from '../../cli.ts';
import { openTarget } from '../../command/open-target.ts';
import { parseName } from '../../command/parse-name.ts';
import { showProgress } from '../../command/show-progress.ts';
import { targetCommand } from '../../command/target-command.ts';
import { requireTenant, tenantOf, tenantOption } from '../../command/tenant-option.ts';
import { timeoutOption } from '../../command/timeout-option.ts';

export function commitsWatch(cli: Cli) {
  return targetCommand(cli, {
    name: 'watch',
    summary: 'follow a commit until it has ended',
    details: 'It exits with 1 unless the commit is completed or empty.',
    example: 'commitlane commits watch chat-42 01j9zq5x… --tenant acme --local',
  })
    .argument('<session>', 'the id of the session', parseName)
    .argument('<commit>', 'the id of the commit', parseName)
    .addOption(tenantOption())
    .addOption(timeoutOption())
    .action(async (session, commitId, { tenant, timeout, ...options }) => {
      requireTenant(session, tenant, options);
      using target = await openTarget(cli, options);
      const watch = { timeoutMs: timeout, signal: cli.signal };
      const key = { tenant: tenantOf(session, tenant, target), session };
      const changes = followCommit(target, key, commitId, watch);
      await showProgress(cli, options, changes);
    });
}
