import {
  type DeadLetterKind,
  deadLetterKinds,
  type Move,
  moveNatively,
  NativeMoveError,
} from '../../lib/dead-letters/index.ts';
import { displayText } from '../../terminal/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { confirm } from '../command/confirm.ts';
import { count } from '../display/count.ts';
import { progressBar } from '../display/progress-bar.ts';
import type { View } from '../display/view.ts';
import { explainError } from '../explain-error.ts';
import type { Outcome } from '../outcome.ts';
import { partsOf } from '../target/parts.ts';
import type { Target } from '../target/target.ts';

interface NativeOptions {
  readonly queue?: DeadLetterKind | undefined;
  readonly rate: number;
  readonly yes: boolean;
  /** How long it is watched. The service goes on by itself. */
  readonly waitMs: number;
}

/** What came of a queue. */
interface MovedQueue extends Move {
  readonly queue: DeadLetterKind;
  /** How many letters there were before. */
  readonly of: number;
}

/** Has the queue service move whole dead-letter queues back. It always asks: nothing is chosen, and nobody can stop it here. */
export async function replayNatively(
  cli: CliEnvironment,
  target: Target,
  { queue, rate, yes, waitMs }: NativeOptions,
): Promise<Outcome> {
  const kinds = deadLetterKinds.filter((kind) => queue === undefined || queue === kind);
  const parts = partsOf(target, cli);
  const moved: MovedQueue[] = [];
  for (const kind of kinds) {
    const { waiting, inFlight } = await parts.deadLetters(kind).count();
    const of = waiting + inFlight;
    if (of === 0) continue;
    const question = `Have SQS move all ${count(of, 'dead letter')} of ${kind} on ${target.stackName}?`;
    if (!yes && !(await confirm(cli, question))) continue;
    moved.push({ queue: kind, of, ...(await move(cli, target, kind, { rate, of, waitMs })) });
  }
  return {
    document: { moved },
    lines: (view) =>
      moved.length === 0 ? ['Nothing was moved.'] : moved.flatMap((one) => movedLines(view, one)),
    // Nobody waits for it.
    isWell: moved.every((one) => isWhole(one) || (waitMs === 0 && one.status === 'RUNNING')),
  };
}

/** A task that is COMPLETED has not moved what it might not receive, delete or send. */
function isWhole({ status, moved, of }: MovedQueue): boolean {
  return status === 'COMPLETED' && moved >= of;
}

function movedLines({ colors }: View, one: MovedQueue): string[] {
  const { queue, status, moved, of, failure } = one;
  const said = `${queue}: ${moved} of ${count(of, 'dead letter')} moved, ${status}`;
  if (isWhole(one)) return [colors.green(`${said}.`)];
  const why = failure === undefined ? '' : `: ${displayText(failure)}`;
  return [
    colors.red(`${said}${why}.`),
    status === 'RUNNING'
      ? 'SQS goes on by itself; dlq list shows what is left.'
      : 'Whoever moves needs sqs:ReceiveMessage and DeleteMessage on the dead-letter queue, and sqs:SendMessage on the ' +
        'queue (docs/operations.md, "What an operator must be allowed"). The rest is where it was: replay it without --native.',
  ];
}

async function move(
  cli: CliEnvironment,
  { sqs, outputs }: Target,
  kind: DeadLetterKind,
  { rate, of, waitMs }: { readonly rate: number; readonly of: number; readonly waitMs: number },
): Promise<Move> {
  const urls =
    kind === 'commits'
      ? { queueUrl: outputs.CommitQueueUrl, deadLetterQueueUrl: outputs.CommitDeadLetterQueueUrl }
      : { queueUrl: outputs.FollowUpQueueUrl, deadLetterQueueUrl: outputs.FollowUpDeadLetterQueueUrl };
  const bar = progressBar(cli, of);
  const { clock, signal } = cli;
  try {
    const options = { client: sqs, ...urls, clock, ratePerSecond: rate, timeoutMs: waitMs, signal };
    return await moveNatively(options, (progress) => bar.update(progress.moved, `${kind} are moved by SQS`));
  } catch (error) {
    // Of this queue; another may have been moved before.
    if (!(error instanceof NativeMoveError)) throw error;
    return { status: 'REFUSED', moved: 0, failure: explainError(error).message };
  } finally {
    bar.end();
  }
}
