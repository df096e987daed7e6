import type { CliEnvironment } from '../cli-environment.ts';
import { confirm } from '../command/confirm.ts';
import { count } from '../display/count.ts';
import { progressBar } from '../display/progress-bar.ts';
import { viewOf } from '../display/view.ts';
import type { Outcome } from '../outcome.ts';
import type { Target } from '../target/target.ts';
import { causeLines } from './cause-lines.ts';
import { followSent } from './follow-sent.ts';
import type { ReplayPlan } from './plan-replay.ts';
import { type ReplaySummary, replayDocument, replayLines } from './replay-summary.ts';
import { sendLetters } from './send-letters.ts';

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
  { dryRun, rate, yes, waitMs }: CarryOutOptions,
): Promise<Outcome> {
  if (!dryRun) warn(cli, plan);
  const isDeclined = !dryRun && !yes && !(await mayGoOn(cli, target, plan));
  const nothing = { resent: 0, notRemoved: 0, unrecorded: 0, isStopped: false };
  if (dryRun || isDeclined) return outcome({ plan, dryRun, isDeclined, ...nothing });

  const { letters, ...sent } = await sendLetters(cli, target, plan.letters, { rate });
  const isStopped = cli.signal.aborted;
  const summary = { plan, dryRun, isDeclined, isStopped, ...sent };
  if (isStopped || waitMs === undefined || letters.length === 0) return outcome(summary);

  const barFor = (total: number) => progressBar(cli, total);
  return outcome({ ...summary, followed: await followSent(cli, target, letters, { waitMs, barFor }) });
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
  const allTheSame = standing.length > 0 ? ' all the same' : '';
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
