import type { CheckedClaim } from './claim.ts';
import type { Measured, Section } from './section.ts';

export type SectionReport = Pick<Section, 'name' | 'title' | 'meaning'> & Measured;

/** What `--json` prints. */
export interface Report {
  readonly node: string;
  /** Leaves out what takes longest. */
  readonly quick: boolean;
  readonly sections: readonly SectionReport[];
  readonly claims: readonly CheckedClaim[];
}
