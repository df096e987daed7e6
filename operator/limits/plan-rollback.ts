import { CommitlaneError } from '../../lib/errors/index.ts';
import { type LimitName, limitDefinitions, NOT_SET } from '../../lib/limits/index.ts';
import type { Target } from '../target/index.ts';
import { type LimitVersion, readHistory } from './read-history.ts';

/** There is no such change, or none at all. */
class NoSuchChangeError extends CommitlaneError {
  override readonly name = 'NoSuchChangeError';
  readonly code = 'no-such-change';
}

/** What is to be taken back; by default the change that was made last, whole. */
export interface Rollback {
  /** Only of this limit. */
  readonly name?: LimitName | undefined;
  /** To this version of it; by default the one before the last. */
  readonly version?: number | undefined;
}

/**
 * What limits are to be so that a change is taken back: as they were before it.
 *
 * @throws NoSuchChangeError; what the parameter store throws.
 */
export async function planRollback(
  target: Target,
  { name, version }: Rollback,
  signal: AbortSignal,
): Promise<Map<LimitName, string>> {
  const history = await readHistory(target, name, signal);
  const [last] = history.filter(({ before, value }) => before !== undefined || value !== NOT_SET);
  if (!last)
    throw new NoSuchChangeError(
      `Nobody has set ${name ?? 'a limit'} on ${target.stackName}: there is nothing to take back.`,
    );
  if (version !== undefined) return new Map([[last.name, valueAt(history, last.name, version)]]);
  const together = history.filter((one) => one === last || isOfChange(one, last.change));
  return new Map(
    limitDefinitions.flatMap((definition): [LimitName, string][] => {
      const changed = together.find((one) => one.name === definition.name);
      return changed ? [[definition.name, changed.before ?? NOT_SET]] : [];
    }),
  );
}

const isOfChange = ({ change }: LimitVersion, wanted: string | undefined) =>
  wanted !== undefined && change === wanted;

function valueAt(history: readonly LimitVersion[], name: LimitName, version: number): string {
  if (version === 0) return NOT_SET;
  const found = history.find((one) => one.version === version);
  if (found) return found.value;
  const known = history.map((one) => one.version).toSorted((a, b) => a - b);
  throw new NoSuchChangeError(
    `${name} has no version ${version}. It has ${known.join(', ')}; 0 is what it was before anybody set it. See commitlane limits history ${name}.`,
  );
}
