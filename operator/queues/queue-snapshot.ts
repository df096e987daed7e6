import type { QueueSnapshot } from '../../lib/verify/index.ts';
import type { Target } from '../target/index.ts';
import { readQueue } from './read-queue.ts';

/** Whether any message is on the commit queue now. */
export async function queueSnapshot(target: Target, signal: AbortSignal): Promise<QueueSnapshot> {
  const atMs = target.clock.now();
  const { waiting, inFlight, delayed } = await readQueue(target, 'commits', signal);
  return { isEmpty: waiting + inFlight + delayed === 0, atMs };
}
