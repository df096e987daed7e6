import type { RequestFigure } from './counting/request-figure.ts';
import type { Totals } from './counting/totals.ts';
import type { English } from './world/load-english.ts';

/** What one operation took. */
export interface Row {
  /** Stable; claims call it by this name. */
  readonly id: string;
  readonly label: string;
  readonly totals: Totals;
  readonly requests: readonly RequestFigure[];
}

/** A number that is made of others: most often a ratio of two within this run. */
export interface Figure {
  /** Stable; claims call it by this name. */
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly unit: 'ratio' | 'W' | 'R' | 'W per message' | 'bytes' | 'requests';
}

export interface Measured {
  readonly rows: readonly Row[];
  readonly figures: readonly Figure[];
}

export interface SectionContext {
  /** Ends the run between two requests. */
  readonly signal: AbortSignal;
  /** Of this section alone: what is measured elsewhere makes no difference. */
  readonly english: English;
  /** One that begins again, for two measurements of the same texts. */
  readonly makeEnglish: () => English;
  /** Leaves out what takes longest. */
  readonly quick: boolean;
}

/** One concern that is measured. */
export interface Section {
  readonly name: string;
  readonly title: string;
  /** What its rows and figures mean, for people. */
  readonly meaning: string;
  run(context: SectionContext): Promise<Measured>;
}
