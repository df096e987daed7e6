import { checkClaims } from './check-claims.ts';
import type { Claim } from './claim.ts';
import type { Report, SectionReport } from './report.ts';
import type { Section } from './section.ts';
import { loadEnglish } from './world/load-english.ts';

export interface MeasureOptions {
  readonly sections: readonly Section[];
  readonly claims: readonly Claim[];
  readonly quick: boolean;
  /** Ends it between two requests, with its reason. */
  readonly signal: AbortSignal;
  readonly onSection: (section: Section) => void;
}

/** Measures one section after another, each on services of its own, and checks what the documentation promises of it. */
export async function measure(options: MeasureOptions): Promise<Report> {
  const { sections, claims, quick, signal, onSection } = options;
  const makeEnglish = await loadEnglish();
  const reports: SectionReport[] = [];
  for (const section of sections) {
    signal.throwIfAborted();
    onSection(section);
    const { name, title, meaning } = section;
    const findings = await section.run({ signal, quick, makeEnglish, english: makeEnglish() });
    reports.push({ name, title, meaning, ...findings });
  }
  return {
    node: process.version,
    quick,
    sections: reports,
    claims: checkClaims(claims, reports, quick),
  };
}
