import type { MiddlewareHandler } from 'hono';
import { startDeadline, untilAborted } from '../lib/clock/index.ts';
import type { ConsoleEnv, Desk } from './desk.ts';
import { PageTimeoutError } from './errors.ts';

const PAGE_MS = 30_000;
/** Each check is bounded by a minute. */
const CHECKS_MS = 65_000;

/** Answers in time, whatever the stack does; work that heeds its signal ends then. */
export function boundPage({ clock }: Pick<Desk, 'clock'>): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    const ms = c.req.path === '/checks' ? CHECKS_MS : PAGE_MS;
    using deadline = startDeadline(clock, ms, () => new PageTimeoutError(ms));
    c.set('signal', deadline.signal);
    await untilAborted(next(), deadline.signal);
  };
}
