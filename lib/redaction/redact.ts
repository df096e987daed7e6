import { findSecrets } from './find-secrets.ts';
import { placeholderOf } from './placeholder.ts';
import type { FoundSecret, SecretKind } from './secret-kinds.ts';

/** How many secrets of each kind were found. */
type RedactionHits = Readonly<Partial<Record<SecretKind, number>>>;

export interface Redaction {
  readonly text: string;
  readonly hits: RedactionHits;
  /** Of all kinds together. */
  readonly count: number;
}

/** A secret that was found elsewhere, word for word. */
export interface KnownSecret {
  readonly kind: SecretKind;
  readonly value: string;
}

/** What is left may look like a secret only then; contrived texts do so more than once. */
const MAX_ROUNDS = 8;

/**
 * A text with a placeholder such as `[redacted: card number]` in place of each secret; redacting it again changes
 * nothing. Rules find what looks like a secret, and miss what does not. Takes time in proportion to the text, and to the
 * number of known secrets.
 *
 * @param known what is a secret in this text however it looks. Default none.
 */
export function redact(text: string, known: readonly KnownSecret[] = []): Redaction {
  const hits: Partial<Record<SecretKind, number>> = {};
  let current = text;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const found = findSecrets(current, occurrences(current, known));
    if (found.length === 0) break;
    for (const { kind } of found) hits[kind] = (hits[kind] ?? 0) + 1;
    current = replaced(current, found);
  }
  return { text: current, hits, count: Object.values(hits).reduce((sum, more) => sum + more, 0) };
}

function replaced(text: string, found: readonly FoundSecret[]): string {
  const pieces: string[] = [];
  let after = 0;
  for (const { kind, start, end } of found) {
    pieces.push(text.slice(after, start), placeholderOf(kind));
    after = end;
  }
  return [...pieces, text.slice(after)].join('');
}

/** Where a text says known secrets, not as a part of other words. */
function occurrences(text: string, known: readonly KnownSecret[]): FoundSecret[] {
  return known.flatMap(({ kind, value }) => {
    const found: FoundSecret[] = [];
    for (let start = text.indexOf(value); start >= 0; start = text.indexOf(value, start + value.length)) {
      const end = start + value.length;
      if (!isInside(text, start) && !isInside(text, end)) found.push({ kind, start, end });
    }
    return found;
  });
}

const WORD = /[A-Za-z0-9]/;

function isInside(text: string, index: number): boolean {
  return WORD.test(text.charAt(index - 1)) && WORD.test(text.charAt(index));
}
