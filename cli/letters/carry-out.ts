import { planDocument, type ReplayPlan, sendLetters } from '../../operator/letters/index.ts';
import type { Target } from '../../operator/target/index.ts';
import { count } from '../../operator/words/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { confirm } from '../command/confirm.ts';
import { viewOf } from '../display/view.ts';
import { withProgress } from '../display/with-progress.ts';
import type { Outcome } from '../outcome.ts';
import { causeLines } from './cause-lines.ts';
import { followReplays } from './follow-replays.ts';
import { type ReplaySummary, replayDocument, replayLines } from './replay-summary.ts';

/** More letters than this are replayed only after somebody has said yes. */
const ASK_ABOVE = 10;

export interface CarryOutOptions {
  readonly dryRun: boolean;
  readonly rate: number;
  readonly yes: boolean;
  /** How long the commits are followed; not at all unless given. */
  readonly waitMs?: number | undefined;
}

/**
 * Replays what was planned, and follows what becomes of it; unless it is only to be shown, or nobody says yes. It asks
 * when there is much to send, and when what letters died of still stands.
 */
export async function carryOut(
  cli: CliEnvironment,
  target: Target,
  plan: ReplayPlan,
  { dryRun, rate: ratePerSecond, yes, waitMs }: CarryOutOptions,
): Promise<Outcome> {
  const { signal } = cli;
  if (!dryRun) warn(cli, plan);
  const isDeclined = !dryRun && !yes && !(await mayGoOn(cli, target, plan));
  const planned = { plan: planDocument(plan), dryRun, isDeclined };
  if (dryRun || isDeclined)
    return outcome({ ...planned, isStopped: false, resent: 0, notRemoved: 0, unrecorded: 0 });

  const sent = await withProgress(cli, (report) =>
    sendLetters(target, plan.letters, { ratePerSecond, signal, report }),
  );
  const summary = { ...planned, ...sent, isStopped: signal.aborted };
  if (signal.aborted || waitMs === undefined || sent.resent === 0) return outcome(summary);

  return outcome({ ...summary, followed: await followReplays(cli, target, sent.replays, waitMs) });
}

/** However it is answered, and whether or not it is asked. */
function warn({ stderr, variables }: CliEnvironment, { causes }: ReplayPlan): void {
  for (const line of causeLines(viewOf(stderr, variables), causes)) stderr.write(`${line}\n`);
}

async function mayGoOn(
  cli: CliEnvironment,
  target: Target,
  { letters, causes }: ReplayPlan,
): Promise<boolean> {
  const standing = causes.filter(({ status }) => status !== 'ok');
  if (letters.length <= ASK_ABOVE && standing.length === 0) return true;
  const allTheSame = standing.length > 0 ? ' anyway' : '';
  return confirm(cli, `Replay ${count(letters.length, 'dead letter')} on ${target.stackName}${allTheSame}?`);
}

function outcome(summary: ReplaySummary): Outcome {
  const { isStopped, isDeclined, followed } = summary;
  return {
    document: replayDocument(summary),
    lines: (view) => replayLines(view, summary),
    isWell: !isStopped && !isDeclined && (followed?.deadAgain ?? 0) + (followed?.running ?? 0) === 0,
  };
}
