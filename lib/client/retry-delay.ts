import { CommitlaneError } from '../errors/index.ts';
import type { ResolvedOptions } from './resolve-options.ts';

/**
 * How many milliseconds to wait before the next try, or undefined when there is to be none.
 *
 * Exponential back-off with full jitter, on top of what the server asked for.
 */
export function retryDelayMs(error: unknown, attempt: number, options: ResolvedOptions): number | undefined {
  if (!(error instanceof CommitlaneError) || !error.retry.retryable) return undefined;
  if (attempt > options.maxRetries || error.retry.afterMs > options.maxRetryAfterMs) return undefined;
  const ceilingMs = Math.min(options.maxBackoffMs, options.backoffBaseMs * 2 ** (attempt - 1));
  return error.retry.afterMs + Math.floor(options.random() * ceilingMs);
}

/** What a Retry-After header asks for, in milliseconds from `nowMs`; 0 when it is absent or makes no sense. */
export function retryAfterMs(header: string | null, nowMs: number): number {
  const value = header?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? 0 : Math.max(0, atMs - nowMs);
}
