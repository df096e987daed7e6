import fc from 'fast-check';

/** What happens to one session, step by step; every request is repeated until it is answered. */
export type Step =
  | { readonly kind: 'append'; readonly messages: number }
  | { readonly kind: 'commit'; readonly keepRecent: number }
  /** The schedule runs. */
  | { readonly kind: 'look' }
  /** From here on, the `nth` request to the table for this session, from whichever function, kills its sender. */
  | { readonly kind: 'crash'; readonly nth: number; readonly where: 'before' | 'after' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('append'), messages: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('commit'), keepRecent: fc.constantFrom(0, 0, 0, 1, 3) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'look' }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('crash'),
      nth: fc.integer({ min: 0, max: 30 }),
      where: fc.constantFrom('before', 'after'),
    }),
  },
) as fc.Arbitrary<Step>;

/** The same plans for the same seed. */
export function randomPlans(runs: number, seed: number): Step[][] {
  return fc.sample(fc.array(step, { minLength: 6, maxLength: 14 }), { numRuns: runs, seed });
}
