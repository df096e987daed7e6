import type { Cli } from '../../cli.ts';
import { parseNumber } from '../../command/parse-number.ts';
import { UsageError } from '../../errors.ts';
import { carryOut } from '../../letters/carry-out.ts';
import { filterOf } from '../../letters/letter-options.ts';
import { lettersCommand } from '../../letters/letters-command.ts';
import { planReplay } from '../../letters/plan-replay.ts';
import { replayNatively } from '../../letters/replay-natively.ts';
import { openTarget } from '../../target/open-target.ts';

const DEFAULT_RATE = 20;
const MAX_RATE = 500;

export function dlqReplay(cli: Cli) {
  return lettersCommand(cli, {
    name: 'replay',
    summary: 'send dead letters to their queues again',
    details:
      'Those of a session go oldest first. A letter is removed only once it is sent, so that neither a crash nor Ctrl-C ' +
      'loses one; one that is sent twice changes nothing twice.',
    example: 'commitlane dlq replay --session chat-42 --tenant acme --dry-run --local',
  })
    .option('--all', 'all of them')
    .option('--dry-run', 'only show what would be replayed, in which order, and what it would do')
    .option(
      '--deep',
      'with --dry-run: see letters behind others of their session, by moving each to the end of its queue',
    )
    .option('--rate <letters>', 'at most so many a second', parseNumber(1, MAX_RATE), DEFAULT_RATE)
    .option(
      '--native',
      'have SQS move the whole queue by itself: in the order of the queue, without the timelines',
    )
    .option('--yes', 'do not ask, however many there are')
    .action(
      async ({
        all = false,
        dryRun = false,
        deep = false,
        native = false,
        yes = false,
        rate,
        ...options
      }) => {
        const hasFilter = Object.keys(filterOf(options)).length > 0;
        if (!hasFilter && !all) {
          throw new UsageError(
            'Which letters? Give --session, --commit, --reason, --older-than or --tenant, or --all.',
          );
        }
        if (hasFilter && all)
          throw new UsageError('--all takes every letter: leave it out, or the other conditions.');
        if (deep && !dryRun)
          throw new UsageError('--deep belongs to --dry-run: a replay always sees every letter.');
        if (native && (hasFilter || dryRun)) {
          throw new UsageError(
            '--native moves whole queues: it takes --all, and neither conditions nor --dry-run.',
          );
        }
        using target = await openTarget(cli, options);
        if (native) await cli.show(options, await replayNatively(cli, target, { ...options, rate, yes }));
        else {
          const plan = await planReplay(cli, target, { ...options, deep: deep || !dryRun });
          await cli.show(options, await carryOut(cli, target, plan, { dryRun, rate, yes }));
        }
      },
    );
}
