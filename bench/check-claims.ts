import type { CheckedClaim, Claim } from './claim.ts';
import type { Totals } from './counting/totals.ts';
import type { SectionReport } from './report.ts';

/** Rounding of divisions, not of what was counted. */
const EPSILON = 1e-9;

/**
 * Holds claims against what was measured; leaves out those of sections that were not.
 *
 * @param quick a quick run leaves figures out; else a claim about a figure that nobody measures is an error.
 * @throws Error naming the claim and its figure.
 */
export function checkClaims(
  claims: readonly Claim[],
  reports: readonly SectionReport[],
  quick: boolean,
): CheckedClaim[] {
  return claims.flatMap((claim) => {
    const report = reports.find(({ name }) => name === claim.section);
    if (!report) return [];
    const measured = measuredIn(report, claim.figure);
    if (measured !== undefined) return [{ ...claim, measured, holds: holds(claim, measured) }];
    if (quick) return [];
    throw new Error(
      `The claim '${claim.sentence}' is about '${claim.figure}', which the section '${claim.section}' does not measure.`,
    );
  });
}

function measuredIn({ rows, figures }: SectionReport, name: string): number | undefined {
  const [rowId, total] = name.split(':');
  if (total === undefined) return figures.find(({ id }) => id === name)?.value;
  return rows.find(({ id }) => id === rowId)?.totals[total as keyof Totals];
}

function holds({ expected }: Claim, measured: number): boolean {
  if ('equals' in expected) return Math.abs(measured - expected.equals) < EPSILON;
  const atLeast = 'atLeast' in expected ? expected.atLeast : Number.NEGATIVE_INFINITY;
  return measured >= atLeast - EPSILON && measured <= expected.atMost + EPSILON;
}
