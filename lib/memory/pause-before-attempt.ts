import type { MemoryContext } from './memory-context.ts';

const MAX_WAIT_MS = 100;

/** Two that change one memory at once should not meet again: a random wait, up to 0.1 s before the second attempt, doubled before each later one. */
export async function pauseBeforeAttempt(
  { clock, random, signal }: Omit<MemoryContext, 'newId'>,
  attempt: number,
): Promise<void> {
  signal?.throwIfAborted();
  if (attempt > 0) await clock.sleep(random() * MAX_WAIT_MS * 2 ** (attempt - 1), signal);
}
