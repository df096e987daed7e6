import type { StackSettings } from './stack-options.ts';

/**
 * Does one part of a start, between two looks at the signal.
 *
 * @param endLabel what it is called once it is done; as before, unless given.
 */
export type Step = <T>(label: string, work: () => Promise<T>, endLabel?: (result: T) => string) => Promise<T>;

/** Steps that are told to whoever started the stack, with the time that each takes. */
export function makeStep({
  signal,
  onStepBegin,
  onStepEnd,
}: Pick<StackSettings, 'signal' | 'onStepBegin' | 'onStepEnd'>): Step {
  return async (label, work, endLabel = () => label) => {
    signal?.throwIfAborted();
    const startedAtMs = Date.now();
    onStepBegin(label);
    const result = await work().catch((error: unknown) => {
      // What a Ctrl-C breaks is not what went wrong.
      signal?.throwIfAborted();
      throw error;
    });
    onStepEnd(endLabel(result), Date.now() - startedAtMs);
    return result;
  };
}
