import { archiveNumbers } from '../../../operator/archives/index.ts';
import { extractArchives } from '../../archives/extract-archives.ts';
import type { Cli } from '../../cli.ts';
import { openTarget } from '../../command/open-target.ts';
import { parseName } from '../../command/parse-name.ts';
import { parseNumber } from '../../command/parse-number.ts';
import { targetCommand } from '../../command/target-command.ts';
import { requireTenant, tenantOf, tenantOption } from '../../command/tenant-option.ts';
import { timeoutOption } from '../../command/timeout-option.ts';
import { UsageError } from '../../errors.ts';

/** An archive's number has 6 digits. */
const parseArchive = parseNumber(1, 999_999);

export function archivesExtract(cli: Cli) {
  return targetCommand(cli, {
    name: 'extract',
    summary: "extract archives' memories once more",
    details:
      "With today's model, prompt and categories. What an archive says is replaced, and nothing else: what other archives and " +
      'people have said stays. The command shows what would change first, and asks. Ctrl-C ends the waiting alone: a ' +
      'replacement that has begun goes on to its end. It exits with 1 when one fails, or is not done in time.',
    example: 'commitlane archives extract --session chat-42 --all --dry-run --tenant acme --local',
  })
    .option('--session <session>', 'the id of the session', parseName)
    .option('--archive <number>', 'only this archive', parseArchive)
    .option('--all', 'all archives of the session, the oldest first')
    .option('--from <number>', 'with --all: begin with this one', parseArchive)
    .option('--dry-run', 'only show what would change (the model is asked)')
    .option('--yes', 'do not ask')
    .addOption(tenantOption())
    .addOption(timeoutOption('how long to wait for each archive: 90s, 15m'))
    .action(async ({ session, archive, all = false, from, tenant, ...options }) => {
      if (session === undefined) throw new UsageError('Which session? Give --session.');
      requireTenant(session, tenant, options);
      if ((archive === undefined) !== all) throw new UsageError('Which archives? Give --archive, or --all.');
      if (from !== undefined && !all) throw new UsageError('--from belongs to --all.');
      const { dryRun = false, yes = false, timeout: timeoutMs, json } = options;
      if (!dryRun && !yes && cli.stdin.isTTY !== true)
        throw new UsageError('There is no terminal to ask on: give --yes to continue, or --dry-run.');
      using target = await openTarget(cli, options);
      const key = { tenant: tenantOf(session, tenant, target), session };
      const which = archive === undefined ? { from: from ?? 1 } : { archive };
      const archives = await archiveNumbers(target, key, which);
      await extractArchives(cli, target, key, { archives, dryRun, yes, timeoutMs, json });
    });
}
