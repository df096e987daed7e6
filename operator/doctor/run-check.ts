import { explainError } from '../errors/index.ts';

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed';
  /** What was found. */
  readonly detail: string;
  /** For anything that is not ok. */
  readonly whatToDo?: string;
}

/** What is found where somebody looks. */
export type CheckResult = Omit<Check, 'name'>;

/** No check waits longer. */
const TIMEOUT_MS = 60_000;

/** Runs a check; one that throws, or takes longer than a minute, has failed. @throws the signal's reason. */
export async function runCheck(
  name: string,
  signal: AbortSignal,
  check: (signal: AbortSignal) => Promise<CheckResult>,
): Promise<Check> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    return { name, ...(await check(bounded)) };
  } catch (error) {
    signal.throwIfAborted();
    return { name, status: 'failed', detail: explainError(error).message };
  }
}
