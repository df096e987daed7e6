import type { Totals } from './counting/totals.ts';

type Expected =
  | { readonly equals: number }
  | { readonly atLeast: number; readonly atMost: number }
  | { readonly atMost: number };

/** Something that the documentation promises, and that a measurement can prove wrong. */
export interface Claim {
  /** For whoever reads that it does not hold. */
  readonly sentence: string;
  /** The page that promises it, and in which words: a test looks for them there. */
  readonly statedIn: { readonly page: string; readonly words: string };
  /** The section that measures it. */
  readonly section: string;
  /** A figure of the section, or one of the totals of a row: `append.4KB:writeUnits`. */
  readonly figure: string | `${string}:${keyof Totals}`;
  readonly expected: Expected;
}

/** A claim that was held against what was measured. */
export interface CheckedClaim extends Claim {
  readonly measured: number;
  readonly holds: boolean;
}
