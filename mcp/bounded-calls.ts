import { TooManyCallsError } from './errors.ts';

/** Runs a call unless too many are running. @throws TooManyCallsError, and what the call throws. */
export type BoundedCalls = <Result>(call: () => Promise<Result>) => Promise<Result>;

/** @param maxCalls run at once; the next one is refused, and does not wait. */
export function boundedCalls(maxCalls: number): BoundedCalls {
  let running = 0;
  return async (call) => {
    if (running >= maxCalls) throw new TooManyCallsError(maxCalls);
    running += 1;
    try {
      return await call();
    } finally {
      running -= 1;
    }
  };
}
