import type { Clock } from './clock.ts';

/**
 * Waits for `work` for at most `ms` milliseconds (0 or more).
 *
 * Work that is late is not stopped, only no longer waited for; its outcome is dropped.
 *
 * @throws what `onTimeout` makes, when the time is up first; else what `work` throws.
 */
export async function withTimeLimit<T>(
  clock: Clock,
  ms: number,
  work: Promise<T>,
  onTimeout: () => Error,
): Promise<T> {
  const stop = new AbortController();
  const timeout = clock.sleep(ms, stop.signal).then(() => {
    throw onTimeout();
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    stop.abort();
    timeout.catch(() => 'the race is over; so is the sleep');
  }
}
