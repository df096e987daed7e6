import { trimmedEnd } from '../../../text/index.ts';
import { type CalendarDate, findWhen } from '../calendar/when.ts';

/** Nothing of such a sentence is a fact of the speaker's life: a supposition, a wish, irony, what somebody said, a question. */
const NO_FACT =
  /\b(?:if|unless|whether|wish(?:es|ed)?|as though|as if|for (?:instance|example)|e\.g\.|were I|had I|obviously|so-called|kidding|joking|in theory|just love|just what|oh,? (?:great|joy|sure)|not true|lied?|lying|in (?:the|this|that|my|a|our) (?:book|novel|film|movie|game|play|dream|series|episode|scenario)|(?:he|she|they|you|people|someone|everyone|everybody|who|which|\p{Lu}\p{Ll}+|(?:my|the) \p{L}+)(?: \p{L}+ly)? (?:says?|said|tells?|told|asks?|asked|claims?|claimed|thinks?|thought|believes?|wrote|writes|replied|texted|sings?|sang|insists?|jokes?|joked|keeps? (?:saying|telling))|according to|quote)\b|(?:\?["')\]]*|\.\.\.|…|, not[.!]*)$/iu;
/** What is only possible, or did not quite happen. */
const UNSURE =
  /\b(?:would|could|might|(?<!\b(?:in|of|by|until|since|this|next|last|\d|\dst|\dnd|\drd|\dth) )may|should|maybe|perhaps|probably|possibly|hopefully|almost|nearly|practically|basically|guess|hope|think|feel like|apparently|supposedly|pretty much|kind of|sort of|until|unless)\b/i;

/** Where a new statement begins inside a sentence. */
const CLAUSE_START =
  /(?:,| [-–—]{1,3}|-{2,3}|(?:,|) (?:and|but|so|because|since|although|though|plus)) (?=(?:I|my|it|that|this|they|he|she|you|there|which|who)\b)|[;(]| [-–—]{1,3} |-{2,3}|(?<=\w)- |, (?:and|but|so|not|though|although|especially|by the way)\b ?/;
const OPENER =
  /^(?:(?:yes|yep|yup|no|nope|oh|ah|ok|okay|well|so|and|but|also|plus|actually|correction|wait|sorry|honestly|anyway|hi|hey|hello|cool|thanks|thank you|btw|by the way|fyi|luckily|sadly|unfortunately|thankfully|in fact|lately|recently|currently|these days|nowadays|since I last (?:spoke|talked|chatted)|update|edit|ps|(?:about|regarding|as for|now) [\p{L} ]{1,40}(?=, )|(?:do not forget|remember|note)(?: that)?)\b[!,.:]*(?: (?:there|again)\b)?\s*)+/iu;
const ADVERBS =
  /^((?:I|My)(?: (?:am|have))?)(?: (?:also|now|still|just|really|actually|currently|finally|recently|already|both|all|absolutely|definitely|truly|personally|mostly|only|even))+\b/;

/** What is said only for a case, a world or a part, or not of the speaker first: `In a dream, I …`, `Had I …, I …`. */
const INTRODUCED = /^(?!(?:I|my|the|there|please|always|never)\b)(?:(?! [-–—])[^;(])*?(?:,| and) (?:I|my)\b/i;

/**
 * The clauses of a written-out sentence that state something of the speaker and can be read alone, up to a supposition:
 * they begin with `I` or `My`, or with an imperative.
 */
export function clausesIn(sentence: string, saidOn: CalendarDate): string[] {
  const [start, time] = withoutFirstTime(sentence.replace(OPENER, ''), saidOn);
  if (NO_FACT.test(sentence) || INTRODUCED.test(start)) return [];
  const [first = '', ...others] = start.split(CLAUSE_START);
  const clauses = [`${plain(first)}${time}`, ...others.map(plain)];
  const unsure = clauses.findIndex((clause) => UNSURE.test(clause));
  return clauses.slice(0, unsure === -1 ? undefined : unsure);
}

/** `Last Friday, I went home and …` without its time, which goes to the end of its first clause: ` last Friday`. */
function withoutFirstTime(sentence: string, saidOn: CalendarDate): readonly [sentence: string, time: string] {
  const { before, after = '' } = findWhen(sentence, saidOn, true) ?? {};
  if (before !== '') return [sentence, ''];
  const time = sentence.slice(0, sentence.length - after.length);
  return [after.replace(/^,? /, ''), ` ${time.charAt(0).toLowerCase()}${time.slice(1)}`];
}

/** A clause without marks, openers and adverbs. */
function plain(clause: string): string {
  return trimmedEnd(clause.replace(OPENER, '').trim(), /[\s.!,;:)]/)
    .replace(/^my\b/, 'My')
    .replace(ADVERBS, '$1')
    .replace(/\bdo not (\p{L}+ (?:in |at )?)\p{L}+,? but (?:in |at )?/u, '$1')
    .replace(/\bnot (?:in |an? )?\p{L}+,? but /u, '');
}
