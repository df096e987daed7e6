import type { Ranking } from '../../lib/search/index.ts';
import { displayText } from '../../terminal/index.ts';
import type { View } from './view.ts';

/** How hits were found, where that is by meaning as well, or was to be. */
export function rankingLines(
  { colors }: View,
  { ranking, meaningFailure }: { readonly ranking: Ranking; readonly meaningFailure?: string },
): string[] {
  if (ranking === 'words-and-meaning') return [colors.dim('By words and meaning.')];
  if (meaningFailure === undefined) return [];
  return [colors.yellow(displayText(`By words alone: ${meaningFailure}`))];
}
