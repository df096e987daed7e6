import type { Clock } from '../../../lib/clock/index.ts';
import { JobStalledError } from '../errors.ts';

/** Aborts its signal when nothing has happened for too long; dispose of it when the work is over. */
export interface ProgressWatch extends Disposable {
  /** The reason of the aborted signal is a JobStalledError. */
  readonly signal: AbortSignal;
  /** Something has happened. */
  touch(): void;
}

/** @param stallMs how long nothing may happen. */
export function watchProgress(clock: Clock, stallMs: number): ProgressWatch {
  const stall = new AbortController();
  const disposal = new AbortController();
  let lastMs = clock.now();
  const watch = async () => {
    for (let leftMs = stallMs; leftMs > 0; leftMs = lastMs + stallMs - clock.now()) {
      await clock.sleep(leftMs, disposal.signal);
    }
    stall.abort(new JobStalledError(`Nothing has happened for ${stallMs / 1_000} s.`));
  };
  watch().catch((error: unknown) => {
    if (error !== disposal.signal.reason) stall.abort(error);
  });
  return {
    signal: stall.signal,
    touch() {
      lastMs = clock.now();
    },
    [Symbol.dispose]: () => disposal.abort(),
  };
}
