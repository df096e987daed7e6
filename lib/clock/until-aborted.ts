/**
 * Waits for `work`, but no longer than until `signal` aborts. Work that goes on regardless is not waited for, and
 * its outcome is dropped.
 *
 * @throws the signal's reason, when it aborts first; else what `work` throws.
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // Browsers run this, too: `Promise.withResolvers` is missing in Safari 16 and Node 20.
  let reject: (reason: unknown) => void = () => undefined;
  const aborted = new Promise<never>((_, fail) => {
    reject = fail;
  });
  const onAbort = () => reject(signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    aborted.catch(() => 'thrown by the race, if it came first');
    work.catch(() => 'thrown by the race, if it came first');
  }
}
