import { type DeadLetterKind, deadLetterKinds } from '../../lib/dead-letters/index.ts';
import { type MovedQueue, moveQueue } from '../../operator/letters/index.ts';
import type { Target } from '../../operator/target/index.ts';
import { count } from '../../operator/words/index.ts';
import { displayText } from '../../terminal/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { confirm } from '../command/confirm.ts';
import type { View } from '../display/view.ts';
import { withProgress } from '../display/with-progress.ts';
import type { Outcome } from '../outcome.ts';

interface NativeOptions {
  readonly queue?: DeadLetterKind | undefined;
  readonly rate: number;
  readonly yes: boolean;
  /** How long it is watched. The service goes on by itself. */
  readonly waitMs: number;
}

/** Has the queue service move whole dead-letter queues back. It always asks: nothing is chosen, and nobody can stop it here. */
export async function replayNatively(
  cli: CliEnvironment,
  target: Target,
  { queue: only, rate: ratePerSecond, yes, waitMs: timeoutMs }: NativeOptions,
): Promise<Outcome> {
  const moved: MovedQueue[] = [];
  for (const queue of deadLetterKinds.filter((kind) => only === undefined || only === kind)) {
    const { waiting, inFlight } = await target.deadLetters(queue).count();
    const of = waiting + inFlight;
    if (of === 0) continue;
    const question = `Have SQS move all ${count(of, 'dead letter')} of ${queue} on ${target.stackName}?`;
    if (!yes && !(await confirm(cli, question))) continue;
    const moving = { ratePerSecond, timeoutMs, signal: cli.signal };
    moved.push(await withProgress(cli, (report) => moveQueue(target, { queue, of }, { ...moving, report })));
  }
  return {
    document: { moved },
    lines: (view) =>
      moved.length === 0 ? ['Nothing was moved.'] : moved.flatMap((one) => movedLines(view, one)),
    // Nobody waits for it.
    isWell: moved.every((one) => isWhole(one) || (timeoutMs === 0 && one.status === 'RUNNING')),
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
      ? 'SQS continues by itself; dlq list shows what is left.'
      : 'To move letters, you need sqs:ReceiveMessage and DeleteMessage on the dead-letter queue, and sqs:SendMessage on the ' +
        'queue (docs/operations.md, "What an operator must be allowed"). The rest is where it was: replay it without --native.',
  ];
}
