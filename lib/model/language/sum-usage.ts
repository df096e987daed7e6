import type { TokenUsage } from '../model.ts';

/** The usage of several calls; undefined when one of them did not say. */
export function sumUsage(usages: readonly (TokenUsage | undefined)[]): TokenUsage | undefined {
  const sum = { inputTokens: 0, outputTokens: 0 };
  for (const usage of usages) {
    if (!usage) return undefined;
    sum.inputTokens += usage.inputTokens;
    sum.outputTokens += usage.outputTokens;
  }
  return sum;
}
