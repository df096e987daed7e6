import { CommitlaneUsageError } from './errors.ts';

/** The least and the most that each of some options may be. */
export type Bounds<Name extends string> = Readonly<Record<Name, readonly [min: number, max: number]>>;

/**
 * Numbers that are given as options, or their defaults.
 *
 * @param of begins the names in errors.
 * @throws CommitlaneUsageError for one that is out of bounds, or not whole.
 */
export function wholeNumbers<Name extends string>(
  of: string,
  given: { readonly [Option in Name]?: unknown },
  defaults: Readonly<Record<Name, number>>,
  bounds: Bounds<Name>,
): Record<Name, number> {
  const numbers: Record<Name, number> = { ...defaults };
  for (const name of Object.keys(bounds) as Name[]) {
    const value = given[name] ?? defaults[name];
    const [min, max] = bounds[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      throw new CommitlaneUsageError(
        `${of} ${name} must be a whole number from ${min} to ${max}, not ${String(value)}.`,
      );
    }
    numbers[name] = value;
  }
  return numbers;
}
