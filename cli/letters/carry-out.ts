import { deadLetterKinds, type ExplainedLetter, replayLetters } from '../../lib/dead-letters/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { confirm } from '../command/confirm.ts';
import { count } from '../display/count.ts';
import { progressBar } from '../display/progress-bar.ts';
import type { Outcome } from '../outcome.ts';
import { type Parts, partsOf } from '../target/parts.ts';
import type { Target } from '../target/target.ts';
import type { ReplayPlan } from './plan-replay.ts';
import { type ReplaySummary, replayDocument, replayLines } from './replay-summary.ts';

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

  const operator = selected > 0 ? await target.operator() : '';
  const parts = partsOf(target, cli);
  let [resent, notRemoved, unrecorded] = [0, 0, 0];
  for (const kind of deadLetterKinds) {
    const letters = plan.letters.filter(({ letter }) => letter.kind === kind);
    if (letters.length === 0 || cli.signal.aborted) continue;
    const replayed = await replay(cli, parts, letters, { operator, rate, onUnrecorded: () => unrecorded++ });
    resent += replayed.resent;
    notRemoved += replayed.notRemoved;
  }
  return outcome(cli, { plan, dryRun, isDeclined, resent, notRemoved, unrecorded });
}

async function replay(
  cli: CliEnvironment,
  parts: Parts,
  letters: readonly ExplainedLetter[],
  options: { readonly operator: string; readonly rate: number; readonly onUnrecorded: () => void },
) {
  const [{ letter: { kind } = { kind: 'commits' as const } } = {}] = letters;
  const bar = progressBar(cli, letters.length);
  let done = 0;
  bar.update(done, `${kind} are replayed`);
  try {
    return await replayLetters(
      {
        queue: parts.deadLetters(kind),
        store: parts.store,
        clock: cli.clock,
        newId: cli.newId,
        operator: options.operator,
        ratePerSecond: options.rate,
        stop: cli.signal,
        // What was sent is removed even after a Ctrl-C; a second one ends the program.
        signal: new AbortController().signal,
        onResent() {
          done += 1;
          bar.update(done, `${kind} are replayed`);
        },
        onUnrecorded: options.onUnrecorded,
        onWaiting: (held) =>
          bar.say(`sent; waiting for ${count(held, 'letter')} that somebody else may hold`),
      },
      letters.map(({ letter }) => letter),
    );
  } finally {
    bar.end();
  }
}

function outcome({ signal }: CliEnvironment, summary: Omit<ReplaySummary, 'isStopped'>): Outcome {
  const whole = { ...summary, isStopped: signal.aborted };
  return {
    document: replayDocument(whole),
    lines: (view) => replayLines(view, whole),
    isWell: !whole.isStopped && !whole.isDeclined,
  };
}
