import { findCardNumbers } from './find-card-numbers.ts';
import { findCredentials } from './find-credentials.ts';
import { findKeysByContext } from './find-keys-by-context.ts';
import { findPhrases } from './find-phrases.ts';
import { findPrivateKeys } from './find-private-keys.ts';
import { findSettings } from './find-settings.ts';
import { findTokens } from './find-tokens.ts';
import { placeholdersIn } from './placeholder.ts';
import type { FoundSecret } from './secret-kinds.ts';
import { wholeCharacters } from './whole-characters.ts';

/** What knows most of a secret comes first: its kind counts where several find one. */
const finders = [
  findPrivateKeys,
  findTokens,
  findKeysByContext,
  findCardNumbers,
  findCredentials,
  findSettings,
  findPhrases,
];
/**
 * The secrets in a text, in their order, of whole characters as people see them, none overlapping another; placeholders
 * are left alone. Takes time in proportion to the text.
 *
 * @param more what is known to be a secret here besides.
 */
export function findSecrets(text: string, more: readonly FoundSecret[] = []): FoundSecret[] {
  const found = [...finders.flatMap((find) => find(text)), ...more].filter(({ start, end }) => start < end);
  if (found.length === 0) return [];
  return merged([...placeholdersIn(text), ...found.map((secret) => wholeCharacters(text, secret))]);
}

/** One secret for all that overlap, of the kind that was found first; none where a placeholder is among them. */
function merged(
  spans: readonly (Pick<FoundSecret, 'start' | 'end'> & Partial<FoundSecret>)[],
): FoundSecret[] {
  const order = new Map(spans.map((span, rank) => [span, rank]));
  const kept: { kind: FoundSecret['kind'] | undefined; start: number; end: number; rank: number }[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const rank = order.get(span) ?? 0;
    const last = kept.at(-1);
    if (last === undefined || span.start >= last.end) {
      kept.push({ kind: span.kind, start: span.start, end: span.end, rank });
      continue;
    }
    last.end = Math.max(last.end, span.end);
    if (rank < last.rank) Object.assign(last, { kind: span.kind, rank });
  }
  return kept.flatMap(({ kind, start, end }) => (kind === undefined ? [] : [{ kind, start, end }]));
}
