import type { ExtractionView } from '../../lib/client/index.ts';
import type { Outcome } from '../outcome.ts';
import { differenceLines } from './difference-lines.ts';

/**
 * What came of one archive. `found`: of a dry run. `declined`: somebody said no. `sent-again`: its follow-up was not
 * completed, and was asked for instead. `running`: not known when the command ended; it goes on.
 */
export type ExtractedArchive = { readonly archive: number } & (
  | { readonly outcome: 'found' | 'merged' | 'declined' | 'failed'; readonly extraction: ExtractionView }
  | { readonly outcome: 'sent-again' | 'running' }
);

type Finished = Extract<ExtractedArchive, { readonly extraction: ExtractionView }>['outcome'];

/** What was found of an archive, for people. */
export function foundOutcome(extraction: ExtractionView): Outcome {
  return { document: extraction, lines: (view) => differenceLines(view, extraction) };
}

/** How it ended, for people: nothing of a dry run, whose difference was shown. */
export function endedOutcome(one: ExtractedArchive): Outcome {
  return { document: one, lines: () => linesOf(one), isWell: isWell(one) };
}

export function isWell({ outcome }: ExtractedArchive): boolean {
  return outcome !== 'failed' && outcome !== 'running';
}

function linesOf(one: ExtractedArchive): string[] {
  const { archive, outcome } = one;
  switch (outcome) {
    case 'sent-again':
      return [
        `archive ${archive}: its follow-up was not completed, so it was sent again. Extract it when that is done.`,
      ];
    case 'running':
      return [
        `archive ${archive}: still under way. It goes on, and nothing is half done; what was found is kept until it is merged.`,
      ];
    default:
      return endings[outcome](archive, one.extraction);
  }
}

const endings: Readonly<Record<Finished, (archive: number, extraction: ExtractionView) => string[]>> = {
  found: () => [],
  merged: (archive) => [`archive ${archive}: its statements are replaced.`],
  declined: (archive) => [`archive ${archive}: left as it is.`],
  failed: (archive, { failure }) => [
    `archive ${archive}: left as it is, because the extraction failed: ${failure?.reason ?? 'no reason was recorded'}`,
  ],
};
