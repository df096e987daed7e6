import type { CliEnvironment } from '../cli-environment.ts';
import { confirm } from '../command/confirm.ts';
import { count } from '../display/count.ts';
import type { Outcome } from '../outcome.ts';
import type { Target } from '../target/target.ts';
import type { ReplayPlan } from './plan-replay.ts';
import { type ReplaySummary, replayDocument, replayLines } from './replay-summary.ts';
import { sendLetters } from './send-letters.ts';

/** More letters than this are replayed only after somebody has said yes. */
const ASK_ABOVE = 10;

export interface CarryOutOptions {
  readonly dryRun: boolean;
  readonly rate: number;
  readonly yes: boolean;
}

/** Replays what was planned, unless it is only to be shown, or nobody says yes. */
export async function carryOut(
  cli: CliEnvironment,
  target: Target,
  plan: ReplayPlan,
  { dryRun, rate, yes }: CarryOutOptions,
): Promise<Outcome> {
  const selected = plan.letters.length;
  const question = `Replay ${count(selected, 'dead letter')} on ${target.stackName}?`;
  const isDeclined = !dryRun && !yes && selected > ASK_ABOVE && !(await confirm(cli, question));
  if (dryRun || isDeclined)
    return outcome(cli, { plan, dryRun, isDeclined, resent: 0, notRemoved: 0, unrecorded: 0 });

  const sent = await sendLetters(cli, target, plan.letters, { rate });
  return outcome(cli, { plan, dryRun, isDeclined, ...sent });
}

function outcome({ signal }: CliEnvironment, summary: Omit<ReplaySummary, 'isStopped'>): Outcome {
  const whole = { ...summary, isStopped: signal.aborted };
  return {
    document: replayDocument(whole),
    lines: (view) => replayLines(view, whole),
    isWell: !whole.isStopped && !whole.isDeclined,
  };
}
