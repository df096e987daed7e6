import { CommitlaneUsageError } from './errors.ts';

/**
 * A body as JSON.
 *
 * @throws CommitlaneUsageError for what JSON has no form for, and `JSON.stringify` sends as something else: NaN and the
 * infinities, a hole or a function in an array; and for what it cannot write at all: a bigint, a cycle.
 */
export function requestBody(body: unknown): string {
  try {
    return JSON.stringify(body, refuseUnwritable);
  } catch (cause) {
    if (cause instanceof CommitlaneUsageError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommitlaneUsageError(`The arguments cannot be written as JSON: ${reason}`, { cause });
  }
}

function refuseUnwritable(this: unknown, key: string, value: unknown): unknown {
  const isLost = Array.isArray(this) && ['undefined', 'function', 'symbol'].includes(typeof value);
  const isNoNumber = typeof value === 'number' && !Number.isFinite(value);
  if (!isLost && !isNoNumber && typeof value !== 'bigint') return value;
  throw new CommitlaneUsageError(
    `${String(value).slice(0, 40)}, at ${JSON.stringify(key.slice(0, 40))}, cannot be written as JSON. Send it as text, or leave it out.`,
  );
}
