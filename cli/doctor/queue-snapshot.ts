import type { QueueSnapshot } from '../../lib/verify/index.ts';
import type { Target } from '../target/target.ts';
import { readQueue } from './read-queue.ts';

/** Whether any message is on the commit queue now. */
export async function queueSnapshot(
  target: Target,
  nowMs: number,
  signal: AbortSignal,
): Promise<QueueSnapshot> {
  const { waiting, inFlight, delayed } = await readQueue(target, 'commits', signal);
  return { isEmpty: waiting + inFlight + delayed === 0, atMs: nowMs };
}
