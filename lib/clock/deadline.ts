import type { Clock } from './clock.ts';

/** A signal that aborts after a time; dispose of it when the work is over, so that nothing stays scheduled. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal;
}

/**
 * Starts a deadline of `ms` milliseconds (0 or more) from now.
 *
 * @param reason makes the reason of the aborted signal; called once, when the time is up.
 */
export function startDeadline(clock: Pick<Clock, 'sleep'>, ms: number, reason: () => Error): Deadline {
  const expiry = new AbortController();
  const disposal = new AbortController();
  const isDisposed = (error: unknown) => error === disposal.signal.reason;
  clock.sleep(ms, disposal.signal).then(
    () => expiry.abort(reason()),
    (error: unknown) => {
      if (!isDisposed(error)) expiry.abort(error);
    },
  );
  return {
    signal: expiry.signal,
    [Symbol.dispose]: () => disposal.abort(),
  };
}
