import type { When } from '../calendar/when.ts';
import { MARK } from '../dated-clause.ts';
import type { MemoryDraft } from '../rule.ts';
import { slugOf } from '../slug-of.ts';

const MAX_LENGTH = 300;
const WORDS_IN_KEY = 5;

/** The event that a retold clause tells, its time in words put where the mark stands. */
export function eventDraft({
  text,
  words,
  when,
}: {
  readonly text: string;
  /** What it is about, for the key. */
  readonly words: string;
  readonly when: When;
}): MemoryDraft | undefined {
  const told = text
    .replace(MARK, when.words)
    .replace(/\b(for|since|by|until|from|before|after|to) on (?=\d)/, '$1 ')
    .replace(/\b(?:on|in) (?=(?:on|in) )/, '')
    .replace(/\s+/g, ' ')
    .trim();
  const subject = slugOf(words.replace(/\b\d[\d:.]*/g, ' '))
    .split('-')
    .slice(0, WORDS_IN_KEY)
    .join('-');
  if (subject === '' || told.length > MAX_LENGTH) return undefined;
  return { category: 'event', subject: `${subject}-${when.slug}`, text: `${told}.`, confidence: 0.85 };
}
