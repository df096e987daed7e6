import type { Check } from '../../console/index.ts';
import { limitDocuments } from '../limits/limit-lines.ts';
import { readLimits } from '../limits/read-limits.ts';
import type { Target } from '../target/target.ts';

/** Whether the limits can be read, and whether functions take them. */
export async function checkLimits(target: Target, signal: AbortSignal): Promise<Omit<Check, 'name'>> {
  const stored = await readLimits(target, signal);
  const changed = limitDocuments(stored).filter(({ isDefault }) => !isDefault).length;
  if (stored.problems.length === 0) {
    return { status: 'ok', detail: `${target.outputs.LimitsPath}: valid, ${changed} not at their defaults` };
  }
  return {
    status: 'failed',
    detail: `functions do not take them: ${stored.problems.join('; ')}`,
    whatToDo: 'commitlane limits set or reset mends them, all that are wrong in one command.',
  };
}
