import type { Vector } from './embedder.ts';

/** What a byte of DynamoDB holds is two digits; the ranking of neighbours does not change for want of more. */
const SIGNIFICANT_DIGITS = 4;

/** The same direction with a length of 1, in numbers of 4 significant digits; undefined where it is none: zero, or not finite. */
export function unitVector(given: readonly number[]): Vector | undefined {
  const length = Math.hypot(...given);
  if (length === 0 || !Number.isFinite(length)) return undefined;
  return given.map((one) => Number((one / length).toPrecision(SIGNIFICANT_DIGITS)));
}
