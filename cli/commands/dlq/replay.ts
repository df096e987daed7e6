import { planReplay } from '../../../operator/letters/index.ts';
import type { Cli } from '../../cli.ts';
import { openTarget } from '../../command/open-target.ts';
import { parseNumber } from '../../command/parse-number.ts';
import { withProgress } from '../../display/with-progress.ts';
import { UsageError } from '../../errors.ts';
import { carryOut } from '../../letters/carry-out.ts';
import { choiceOf } from '../../letters/letter-options.ts';
import { lettersCommand } from '../../letters/letters-command.ts';
import { replayNatively } from '../../letters/replay-natively.ts';

const DEFAULT_RATE = 20;
const MAX_RATE = 500;
/** Five attempts and their back-off, with a model that does not answer at once; a day at most. */
const DEFAULT_WAIT_SECONDS = 300;
const MAX_WAIT_SECONDS = 86_400;

export function dlqReplay(cli: Cli) {
  return lettersCommand(cli, {
    name: 'replay',
    summary: 'send dead letters back to their queues',
    details:
      'Letters of a session are sent oldest first. A letter is removed only after it is sent, so neither a crash nor ' +
      'Ctrl-C loses one; sending one twice changes nothing twice. The command checks whether the causes of the failures ' +
      'persist, and follows the commits until they have ended. It exits with 1 when one fails again, or has not ended ' +
      'in time.',
    example: 'commitlane dlq replay --session chat-42 --tenant acme --dry-run --local',
  })
    .option('--all', 'all of them')
    .option('--dry-run', 'only show what would be replayed, in which order, and what it would do')
    .option(
      '--deep',
      'with --dry-run: also show letters behind others of their session; each is moved to the end of its queue',
    )
    .option('--rate <letters>', 'at most this number a second', parseNumber(1, MAX_RATE), DEFAULT_RATE)
    .option(
      '--native',
      'have SQS move the whole queue by itself: in the order of the queue, without entries on the timelines',
    )
    .option('--force', 'also send letters that cannot be understood')
    .option('--no-model', 'do not check that the model works (a real one costs a little)')
    .option('--no-wait', 'do not follow the commits')
    .option(
      '--wait-seconds <seconds>',
      'follow the commits for at most this time',
      parseNumber(1, MAX_WAIT_SECONDS),
      DEFAULT_WAIT_SECONDS,
    )
    .option('--yes', 'do not ask, even if there are many letters or a cause persists')
    .action(
      async ({
        all = false,
        dryRun = false,
        deep = false,
        native = false,
        yes = false,
        force = false,
        model,
        wait,
        waitSeconds,
        rate,
        ...options
      }) => {
        const choice = choiceOf(options);
        const hasFilter = Object.keys(choice.filter).length > 0;
        if (!hasFilter && !all) {
          throw new UsageError(
            'Which letters? Give --session, --commit, --reason, --older-than or --tenant, or --all.',
          );
        }
        if (hasFilter && all)
          throw new UsageError('--all takes every letter: leave it out, or the other filters.');
        if (deep && !dryRun)
          throw new UsageError('--deep belongs to --dry-run: a replay always sees every letter.');
        if (native && (hasFilter || dryRun)) {
          throw new UsageError(
            '--native moves whole queues: it needs --all, and takes neither filters nor --dry-run.',
          );
        }
        const waitMs = wait ? waitSeconds * 1_000 : undefined;
        using target = await openTarget(cli, options);
        if (native)
          await cli.show(
            options,
            await replayNatively(cli, target, { ...options, rate, yes, waitMs: waitMs ?? 0 }),
          );
        else {
          const planning = { deep: deep || !dryRun, force, ask: { model } };
          const plan = await withProgress(cli, (report) =>
            planReplay(target, choice, planning, { signal: cli.signal, report }),
          );
          await cli.show(options, await carryOut(cli, target, plan, { dryRun, rate, yes, waitMs }));
        }
      },
    );
}
