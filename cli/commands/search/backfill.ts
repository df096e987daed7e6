import { backfillSearch, planSearch } from '../../../operator/backfill/index.ts';
import type { Cli } from '../../cli.ts';
import { confirm } from '../../command/confirm.ts';
import { onTarget } from '../../command/on-target.ts';
import { parseName } from '../../command/parse-name.ts';
import { targetCommand } from '../../command/target-command.ts';
import { backfillLines, backfillPlanLines } from '../../display/backfill-lines.ts';
import { withProgress } from '../../display/with-progress.ts';
import { UsageError } from '../../errors.ts';
import type { Outcome } from '../../outcome.ts';

export function searchBackfill(cli: Cli) {
  return targetCommand(cli, {
    name: 'backfill',
    summary: 'embed what cannot be found by meaning yet',
    details:
      'Archives and memories from before the stack had its embedding model, of another model, and those that a follow-up has skipped. It reads the whole table first, says what it takes, and asks. Ctrl-C ends it between two requests; the same command continues with what is left. It exits with 1 when something could not be embedded.',
    example: 'commitlane search backfill --dry-run --local',
  })
    .option('--tenant <tenant>', 'only of this tenant; the whole table is read all the same', parseName)
    .option('--dry-run', 'only say what it would take')
    .option('--yes', 'do not ask')
    .action(({ tenant, dryRun = false, yes = false, ...options }) => {
      if (!dryRun && !yes && cli.stdin.isTTY !== true)
        throw new UsageError('There is no terminal to ask on: give --yes to continue, or --dry-run.');
      return onTarget(cli, options, async (target): Promise<Outcome> => {
        const { signal } = cli;
        const { plan, document: planned } = await withProgress(cli, (report) =>
          planSearch(target, { tenant }, { signal, report }),
        );
        const { estimate } = planned;
        const isWell = planned.unreadable.length === 0;
        const shown: Outcome = {
          document: { ...planned, dryRun },
          lines: (view) => backfillPlanLines(view, planned),
          isWell,
        };
        if (dryRun || estimate.messages + estimate.memories === 0) return shown;
        if (!options.json) await cli.show(options, shown);
        if (!yes && !(await confirm(cli, 'Embed them?')))
          return { document: { ...planned, dryRun: true }, lines: () => ['Nothing was embedded.'], isWell };
        const done = await withProgress(cli, (report) => backfillSearch(target, plan, { signal, report }));
        return {
          document: { ...planned, dryRun, embedded: done },
          lines: (view) => backfillLines(view, done),
          isWell: isWell && done.failures.length === 0 && !done.stopped,
        };
      });
    });
}
