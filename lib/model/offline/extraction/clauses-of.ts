import { trimmedEnd } from '../../../text/index.ts';
import { PET, RELATION } from './names.ts';

const QUOTED = /"([^"]*)"/g;
const FIRST_PERSON = /\b(?:I|I'm|my|me|we|our|you|your)\b/i;

const CONJUNCTION = '(?:and|but|so|because|since|although|though|plus)';
const PRONOUN = '(?:I|we|my|our|it|that|this|they|he|she|you|there|which)';

/** `Oscar, my guinea pig` is one thought. */
const APPOSITION = `(?<=my|our) (?:${RELATION}|${PET})(?:[,.!]|$)`;

/** Words that turn a clause into a supposition or a wish, and what follows it too. */
const SUPPOSITION =
  /\b(?:if|unless|wish(?:es|ed)?|suppose|supposing|imagine|pretend(?:ing|ed)?|hypothetical\w*|whether|as though|for example|e\.g\.|let's say|in theory)\b/i;

/** Where a new statement begins inside a sentence: after a comma, dash or conjunction, with a subject of its own. */
const CLAUSE_START = new RegExp(
  [
    `(?:[,;(]| [-–—]{1,3}|-{2,3}) ?(?:${CONJUNCTION} )?(?=${PRONOUN}\\b(?!${APPOSITION}))`,
    ` ${CONJUNCTION} (?=${PRONOUN}\\b)`,
    `, (?:and |but |so )?(?=\\p{Lu}\\p{Ll}+ (?:is|has|owns|maintains|leads|manages|runs|loves|hates|likes|works|lives|does)\\b)`,
    '[;(]| [-–—]{1,3} |-{2,3}|(?<=\\w)- ',
    ', (?:and|but|so) (?=\\p{L}+ \\p{L}+)',
  ].join('|'),
  'u',
);

/** What is only possible, or did not quite happen. */
const UNSURE =
  /\b(?:would|could|might|maybe|perhaps|probably|possibly|hopefully|almost|nearly|theoretically)\b/i;

const OPENER =
  /^(?:(?:yes|yeah|yep|yup|no|nope|nah|oh|ah|ok|okay|well|so|and|but|also|plus|actually|honestly|anyway|hi|hey|hello|wow|cool|thanks|thank you|sure|right|great|perfect|good|evening|morning|btw|by the way|fyi|luckily|sadly|unfortunately|thankfully|in fact|to be honest|lately|recently|currently|these days|nowadays|hm+|money|because|since we last (?:spoke|talked|chatted)|since (?:our|my) last chat)\b[!,.:]*(?: there\b)?\s*)+/i;
const VOCATIVE = /^(?:\p{Lu}[\p{L}'-]+\s*[!,]\s*)(?!my\b|our\b)/u;

/** A statement that says something about its speaker, or about somebody else by name, begins like this. */
const SUBJECT = /^(?:we|my|our|the|please|an?|keep|answer|reply)\b|^\p{Lu}/u;

/**
 * The clauses of a written-out sentence that can be read alone, up to a supposition. Other people's words between
 * quotation marks are left out; names of things (no first person in them) stay.
 */
export function clausesOf(sentence: string): string[] {
  const clauses = sentence
    .replace(QUOTED, (whole, words: string) => (FIRST_PERSON.test(words) ? '' : whole))
    .replace(/\s+/g, ' ')
    .split(CLAUSE_START);
  const supposed = clauses.findIndex((clause) => SUPPOSITION.test(clause));
  return clauses
    .slice(0, supposed === -1 ? clauses.length : supposed)
    .map((clause) => trimmedEnd(withoutOpener(clause.trim()), /[\s.!,;:)]/))
    .filter((clause) => clause.includes(' ') && SUBJECT.test(clause) && !UNSURE.test(clause));
}

function withoutOpener(clause: string): string {
  const rest = clause.replace(OPENER, '');
  return rest.replace(VOCATIVE, '').replace(OPENER, '');
}
