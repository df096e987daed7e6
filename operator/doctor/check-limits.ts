import { readLimits } from '../limits/index.ts';
import type { Target } from '../target/index.ts';
import type { CheckResult } from './run-check.ts';

/** Whether the limits can be read, and whether functions take them. */
export async function checkLimits(target: Target, signal: AbortSignal): Promise<CheckResult> {
  const { limits, problems } = await readLimits(target, signal);
  const changed = limits.filter(({ isDefault }) => !isDefault).length;
  if (problems.length === 0) {
    return { status: 'ok', detail: `${target.outputs.LimitsPath}: valid, ${changed} not at their defaults` };
  }
  return {
    status: 'failed',
    detail: `functions reject them: ${problems.join('; ')}`,
    whatToDo: 'Correct them, all that are wrong in one command: commitlane limits set or reset.',
  };
}
