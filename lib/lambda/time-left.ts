import type { MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import { type Clock, type Deadline, startDeadline } from '../clock/index.ts';
import { CommitlaneError } from '../errors/index.ts';
import { SHUTDOWN_MARGIN_MS } from '../limits/index.ts';

export interface TimeLeftOptions {
  readonly clock: Clock;
  /** Kept back of what the runtime grants, in ms. Default 15 000. */
  readonly marginMs?: number;
}

const defaults = { marginMs: SHUTDOWN_MARGIN_MS } satisfies Partial<TimeLeftOptions>;

/** The context of a handler that knows how long it may work. */
export interface TimedContext extends Context {
  time: {
    /** Aborts `marginMs` before the runtime stops the function. */
    readonly signal: AbortSignal;
    /** When the runtime stops it. */
    readonly endsByMs: number;
  };
}

/** The function is about to be stopped; what it has not done is done by the next delivery. */
class OutOfTimeError extends CommitlaneError {
  override readonly name = 'OutOfTimeError';
  readonly code = 'out-of-time';

  constructor() {
    super('The function has no more time.', { retry: { retryable: true, afterMs: 0 } });
  }
}

interface Internal extends Record<string, unknown> {
  deadline?: Deadline;
}

/** A middy middleware that gives its handler `context.time`: a deadline shortly before the runtime stops the function. */
export function timeLeft(
  options: TimeLeftOptions,
): MiddlewareObj<unknown, unknown, Error, TimedContext, Internal> {
  const { clock, marginMs } = { ...defaults, ...options };
  const end = ({ internal }: { readonly internal: Internal }) => internal.deadline?.[Symbol.dispose]();

  return {
    name: 'timeLeft',
    before({ context, internal }) {
      const untilKilledMs = context.getRemainingTimeInMillis();
      const leftMs = Math.max(0, untilKilledMs - marginMs);
      const deadline = startDeadline(clock, leftMs, () => new OutOfTimeError());
      internal.deadline = deadline;
      context.time = { signal: deadline.signal, endsByMs: clock.now() + untilKilledMs };
    },
    after: end,
    onError: end,
  };
}
