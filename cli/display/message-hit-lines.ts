import type { MessageHitsDocument } from '../../operator/sessions/index.ts';
import { displayText, shortText, table } from '../../terminal/index.ts';
import { rankingLines } from './ranking-lines.ts';
import type { View } from './view.ts';

const TEXT_COLUMNS = 80;
const NAME_COLUMNS = 20;

/** A line for each message that was found: where it is, when and by whom it was said, and its beginning. */
export function messageHitLines(view: View, found: MessageHitsDocument): string[] {
  const { hits, nextBefore } = found;
  const { colors } = view;
  const rows = hits.map(({ position, state, archive, at, role, speaker, snippet }) => [
    String(position),
    archive === undefined ? state : `archive ${archive}`,
    displayText(at),
    shortText(displayText(speaker ?? role), NAME_COLUMNS),
    shortText(displayText(snippet), TEXT_COLUMNS),
  ]);
  return [
    ...(rows.length === 0
      ? [colors.dim('No such message was found.')]
      : table([['POSITION', 'WHERE', 'SAID', 'BY', 'TEXT'], ...rows], { paintHeading: colors.dim })),
    ...rankingLines(view, found),
    ...(nextBefore === undefined
      ? []
      : [colors.dim(`Not all was searched: --before ${nextBefore} goes on there.`)]),
  ];
}
