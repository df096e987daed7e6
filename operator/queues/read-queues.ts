import { deadLetterKinds } from '../../lib/dead-letters/index.ts';
import type { Target } from '../target/index.ts';
import { type QueueFigures, readQueue } from './read-queue.ts';

/** How full every queue is, as far as the queues know. */
export async function readQueues(target: Target, signal: AbortSignal): Promise<QueueFigures[]> {
  return Promise.all(deadLetterKinds.map((kind) => readQueue(target, kind, signal)));
}
