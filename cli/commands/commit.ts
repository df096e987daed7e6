import { requestCommit } from '../../lib/commit/index.ts';
import { keepRecentSchema } from '../../lib/session/index.ts';
import { followCommit } from '../../operator/commits/index.ts';
import type { Cli } from '../cli.ts';
import { openTarget } from '../command/open-target.ts';
import { parseName } from '../command/parse-name.ts';
import { parseNumber } from '../command/parse-number.ts';
import { parseReason } from '../command/parse-reason.ts';
import { showProgress } from '../command/show-progress.ts';
import { targetCommand } from '../command/target-command.ts';
import { requireTenant, tenantOf, tenantOption } from '../command/tenant-option.ts';
import { timeoutOption } from '../command/timeout-option.ts';

export function commit(cli: Cli) {
  return targetCommand(cli, {
    name: 'commit',
    summary: 'request a commit of the messages that are live now',
    example: 'commitlane commit chat-42 --tenant acme --watch --local',
  })
    .argument('<session>', 'the id of the session', parseName)
    .addOption(tenantOption())
    .option(
      '--keep-recent <messages>',
      'leave at least this number of messages live',
      parseNumber(0, keepRecentSchema.maxValue ?? 0),
    )
    .option('--reason <text>', 'the reason, for people who look at the commit later', parseReason)
    .option('--key <key>', 'requests for one session with the same key are one request', parseName)
    .option('--watch', 'follow it until it has ended')
    .addOption(timeoutOption())
    .action(
      async (session, { tenant, keepRecent, reason, key: idempotencyKey, watch, timeout, ...options }) => {
        requireTenant(session, tenant, options);
        using target = await openTarget(cli, options);
        const key = { tenant: tenantOf(session, tenant, target), session };
        const requested = await requestCommit(target, key, {
          ...(keepRecent !== undefined && { keepRecent }),
          ...(reason !== undefined && { reason }),
          ...(idempotencyKey !== undefined && { idempotencyKey }),
        });
        const { commitId, state, existing } = requested;
        if (watch) {
          const bounds = { timeoutMs: timeout, signal: cli.signal };
          await showProgress(cli, options, followCommit(target, key, commitId, bounds));
          return;
        }
        const what = existing ? `was requested before, and is ${state}` : 'is queued';
        await cli.show(options, { document: requested, lines: () => [`Commit ${commitId} ${what}.`] });
      },
    );
}
