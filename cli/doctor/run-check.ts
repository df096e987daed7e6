import type { Check } from '../../console/index.ts';
import { explainError } from '../explain-error.ts';

/** No check waits longer. */
const TIMEOUT_MS = 60_000;

/** Runs a check; one that throws, or takes longer than a minute, has failed. @throws the signal's reason. */
export async function runCheck(
  name: string,
  signal: AbortSignal,
  check: (signal: AbortSignal) => Promise<Omit<Check, 'name'>>,
): Promise<Check> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    return { name, ...(await check(bounded)) };
  } catch (error) {
    signal.throwIfAborted();
    return { name, status: 'failed', detail: explainError(error).message };
  }
}
