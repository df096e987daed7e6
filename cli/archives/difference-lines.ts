import type { ExtractionDifferenceView, ExtractionView } from '../../lib/client/index.ts';
import { count } from '../../operator/words/index.ts';
import { displayText } from '../../terminal/index.ts';
import type { View } from '../display/view.ts';
import { changesNothing } from './changes-nothing.ts';

type Said = ExtractionDifferenceView['added'][number];

/** What an extraction would change: one line for each statement, two for one that changes. */
export function differenceLines({ colors }: View, extraction: ExtractionView): string[] {
  const { archive, model, promptVersion, extractionVersion, difference } = extraction;
  if (!difference) return [];
  const { added, changed, removed, unchanged } = difference;
  const by = [model, promptVersion, extractionVersion].filter((part) => part !== undefined).join(', ');
  return [
    `${colors.bold(`archive ${archive}`)}  ${summaryOf(difference)}  ${colors.dim(by)}`,
    ...removed.map((one) => colors.red(lineOf('-', one))),
    ...changed.flatMap(({ before, after, ...subject }) => [
      colors.red(lineOf('-', { ...subject, ...before })),
      colors.green(lineOf('+', { ...subject, ...after })),
    ]),
    ...added.map((one) => colors.green(lineOf('+', one))),
    ...(unchanged > 0 ? [colors.dim(`  = ${count(unchanged, 'statement')} unchanged`)] : []),
  ];
}

function summaryOf(difference: ExtractionDifferenceView): string {
  if (changesNothing(difference)) return 'nothing changes';
  const { added, changed, removed } = difference;
  return `${added.length} added, ${changed.length} changed, ${removed.length} removed`;
}

function lineOf(sign: '-' | '+', { category, key, text, retracts }: Said): string {
  return `  ${sign} ${category} ${displayText(key)}: ${retracts ? 'takes back: ' : ''}${displayText(text)}`;
}
