import { type LimitName, NOT_SET } from '../../lib/limits/index.ts';
import { changeLimits, type LimitChange, planChange } from '../../operator/limits/index.ts';
import type { Target } from '../../operator/target/index.ts';
import { displayText, table } from '../../terminal/index.ts';
import type { Outcome } from '../outcome.ts';

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
  const changes = await (dryRun ? planChange : changeLimits)(target, wanted, signal);
  const end = dryRun
    ? 'Nothing was written.'
    : 'Written. Running functions use them within about 66 seconds.';
  return {
    document: { stack: target.stackName, dryRun, changes },
    lines: ({ colors }) =>
      changes.length === 0
        ? ['They have these values already: nothing was written.']
        : [
            ...table(
              [
                ['LIMIT', 'BEFORE', 'AFTER'],
                ...changes.map((change) => [
                  change.name,
                  displayText(change.before),
                  colors.bold(afterOf(change)),
                ]),
              ],
              { paintHeading: colors.dim },
            ),
            ...overridden(changes).map((line) => colors.yellow(line)),
            '',
            end,
          ],
  };
}

const afterOf = ({ after, value }: LimitChange) => (after === NOT_SET ? `${value} (as deployed)` : after);

function overridden(changes: readonly LimitChange[]): string[] {
  return changes.flatMap(({ name, overriddenBy }) =>
    overriddenBy === undefined
      ? []
      : ['', `${overriddenBy} in the environment of a function counts before the parameter ${name}.`],
  );
}
