import type { DeadLetterKind } from '../../lib/dead-letters/index.ts';
import { readQueue } from '../queues/index.ts';
import type { Target } from '../target/index.ts';
import { count } from '../words/index.ts';
import type { CheckResult } from './run-check.ts';

/** Whether a queue is there and gives up what it should, and whether it has given up anything. */
export async function checkQueue(
  target: Target,
  kind: DeadLetterKind,
  signal: AbortSignal,
): Promise<CheckResult> {
  const { waiting, inFlight, deadLetters, givesUp } = await readQueue(target, kind, signal);
  const detail = `${waiting} waiting, ${inFlight} in flight, ${count(deadLetters, 'dead letter')}`;
  if (!givesUp) {
    return {
      status: 'failed',
      detail: `${detail}; the queue does not move failed messages to its dead-letter queue`,
      whatToDo: 'Somebody changed its redrive policy: deploy again.',
    };
  }
  if (deadLetters === 0) return { status: 'ok', detail };
  return { status: 'warning', detail, whatToDo: `commitlane dlq list --queue ${kind} shows them.` };
}
