import type { LimitName } from '../../lib/limits/index.ts';
import { table } from '../display/table.ts';
import type { Outcome } from '../outcome.ts';
import type { Target } from '../target/target.ts';
import { changeLimits } from './change-limits.ts';
import { checkChange } from './check-change.ts';

/**
 * Makes limits what they are wanted to be, once it is clear that the whole set is valid on this stack.
 *
 * @throws InvalidLimitsError: nothing was written.
 */
export async function applyChange(
  target: Target,
  wanted: ReadonlyMap<LimitName, string>,
  { dryRun, signal }: { readonly dryRun: boolean; readonly signal: AbortSignal },
): Promise<Outcome> {
  const changes = await (dryRun ? checkChange : changeLimits)(target, wanted, signal);
  const end = dryRun
    ? 'Nothing was written.'
    : 'Written. Running functions take them within about 66 seconds.';
  return {
    document: { stack: target.stackName, dryRun, changes },
    lines: (view) =>
      changes.length === 0
        ? ['They are so already: nothing was written.']
        : [
            ...table(view, [
              ['LIMIT', 'BEFORE', 'AFTER'],
              ...changes.map(({ name, before, after }) => [name, before, view.colors.bold(after)]),
            ]),
            '',
            end,
          ],
  };
}
