import type { EventEmitter } from 'node:events';
import type { Clock } from '../lib/clock/index.ts';
import { StoppedError } from './stopped-error.ts';

/** Whether somebody wants the program to stop. */
export interface Interrupts extends Disposable {
  /** The reason of the aborted signal is a StoppedError. */
  readonly signal: AbortSignal;
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/** npm passes on a Ctrl-C that the terminal has sent to all already: one press arrives twice. */
const SAME_PRESS_MS = 300;

/**
 * Aborts a signal at the first Ctrl-C or SIGTERM.
 *
 * @param onSecond called at the next one that comes more than 300 ms later: the stop takes too long for somebody.
 */
export function listenForInterrupts(
  process: Pick<EventEmitter, 'on' | 'off'>,
  clock: Clock,
  onSecond: () => void,
): Interrupts {
  const stop = new AbortController();
  let firstMs: number | undefined;
  const listener = () => {
    firstMs ??= clock.now();
    if (!stop.signal.aborted) stop.abort(new StoppedError());
    else if (clock.now() - firstMs > SAME_PRESS_MS) onSecond();
  };
  for (const name of signals) process.on(name, listener);
  return {
    signal: stop.signal,
    [Symbol.dispose]() {
      for (const name of signals) process.off(name, listener);
    },
  };
}
