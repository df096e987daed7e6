import {
  type DeadLetterKind,
  deadLetterKinds,
  type MoveProgress,
  moveNatively,
} from '../../lib/dead-letters/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { confirm } from '../command/confirm.ts';
import { count } from '../display/count.ts';
import { progressBar } from '../display/progress-bar.ts';
import type { Outcome } from '../outcome.ts';
import { partsOf } from '../target/parts.ts';
import type { Target } from '../target/target.ts';

interface NativeOptions {
  readonly queue?: DeadLetterKind | undefined;
  readonly rate: number;
  readonly yes: boolean;
}

/** Has the queue service move whole dead-letter queues back. It always asks: nothing is chosen, and nobody can stop it here. */
export async function replayNatively(
  cli: CliEnvironment,
  target: Target,
  { queue, rate, yes }: NativeOptions,
): Promise<Outcome> {
  const kinds = deadLetterKinds.filter((kind) => queue === undefined || queue === kind);
  const parts = partsOf(target, cli);
  const moved: { queue: DeadLetterKind; status: string; moved: number }[] = [];
  for (const kind of kinds) {
    const { waiting, inFlight } = await parts.deadLetters(kind).count();
    if (waiting + inFlight === 0) continue;
    const question = `Have SQS move all ${count(waiting + inFlight, 'dead letter')} of ${kind} on ${target.stackName}?`;
    if (!yes && !(await confirm(cli, question))) continue;
    const { status, moved: letters } = await move(cli, target, kind, { rate, total: waiting + inFlight });
    moved.push({ queue: kind, status, moved: letters });
  }
  return {
    document: { moved },
    lines: () =>
      moved.length === 0
        ? ['Nothing was moved.']
        : moved.map((one) => `${one.queue}: ${count(one.moved, 'dead letter')} moved, ${one.status}.`),
  };
}

async function move(
  cli: CliEnvironment,
  { sqs, outputs }: Target,
  kind: DeadLetterKind,
  { rate, total }: { readonly rate: number; readonly total: number },
): Promise<MoveProgress> {
  const urls =
    kind === 'commits'
      ? { queueUrl: outputs.CommitQueueUrl, deadLetterQueueUrl: outputs.CommitDeadLetterQueueUrl }
      : { queueUrl: outputs.FollowUpQueueUrl, deadLetterQueueUrl: outputs.FollowUpDeadLetterQueueUrl };
  const bar = progressBar(cli, total);
  const { clock, signal } = cli;
  try {
    const options = { client: sqs, ...urls, clock, ratePerSecond: rate, signal };
    return await moveNatively(options, (progress) => bar.update(progress.moved, `${kind} are moved by SQS`));
  } finally {
    bar.end();
  }
}
