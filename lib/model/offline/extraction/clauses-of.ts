import { trimmedEnd } from '../../../text/index.ts';
import type { CalendarDate } from '../calendar/calendar-date.ts';
import { findWhen } from '../calendar/find-when.ts';

/** What somebody says of themself in one clause: it begins with `I` or `My`, or with an imperative. */
export interface Clause {
  readonly text: string;
  /** Whether it says that something has ended; the text says then what. */
  readonly isEnded: boolean;
  /** Whether it openly contradicts what was said or known before. */
  readonly isCorrection: boolean;
}

/** Nothing of such a sentence is a fact of the speaker's life: a supposition, a wish, irony, or what somebody said. */
const NO_FACT =
  /\b(?:if|unless|whether|wish(?:es|ed)?|as though|as if|for (?:instance|example)|e\.g\.|were I|had I|obviously|so-called|kidding|joking|in theory|just love|just what|oh,? (?:great|joy|sure)|(?:sure|right|great|yeah|wow), (?:I|we) (?:really )?love|not true|lied?|lying|in (?:the|this|that|my|a|our) (?:book|novel|film|movie|game|play|dream|series|episode|scenario)|(?:he|she|they|you|people|someone|everyone|everybody|who|which|\p{Lu}\p{Ll}+|(?:my|our|the) \p{L}+)(?: \p{L}+ly)? (?:says?|said|tells?|told|asks?|asked|claims?|claimed|thinks?|thought|believes?|wrote|writes|replied|texted|sings?|sang|insists?|jokes?|joked|keeps? (?:saying|telling))|according to|quote)\b/iu;
/** A question, or what trails off. */
const NO_STATEMENT = /(?:\?["')\]]*|\.\.\.|…|, NOT[.!]*)$/;
/** What is only possible, or did not quite happen. */
const UNSURE =
  /\b(?:would|could|might|(?<!\b(?:in|of|by|until|since|this|next|last|\d|\dst|\dnd|\drd|\dth) )may|should|maybe|perhaps|probably|possibly|hopefully|almost|nearly|practically|basically|guess|hope|think|feel like|apparently|supposedly|pretty much|kind of|sort of|until|unless)\b/i;

const CONJUNCTION = '(?:and|but|so|because|since|although|though|plus)';
const PRONOUN = '(?:I|we|my|our|it|that|this|they|he|she|you|there|which|who)';
/** Where a new statement begins inside a sentence. */
const CLAUSE_START = new RegExp(
  [
    `(?:[,;(]| [-–—]{1,3}|-{2,3}) ?(?:${CONJUNCTION} )?(?=${PRONOUN}\\b)`,
    ` ${CONJUNCTION} (?=${PRONOUN}\\b)`,
    '[;(]| [-–—]{1,3} |-{2,3}|(?<=\\w)- ',
    ', (?:and|but|so|not|though|although|especially|by the way)\\b ?',
  ].join('|'),
);

const OPENER =
  /^(?:(?:yes|yeah|yep|yup|no|nope|oh|ah|ok|okay|well|so|and|but|also|plus|actually|correction|wait|sorry|honestly|anyway|hi|hey|hello|wow|cool|thanks|thank you|sure|right|great|perfect|btw|by the way|fyi|luckily|sadly|unfortunately|thankfully|in fact|lately|recently|currently|these days|nowadays|since we last (?:spoke|talked|chatted)|(?:do not forget|remember|note)(?: that)?)\b[!,.:]*(?: (?:there|again)\b)?\s*)+/i;
const CORRECTION =
  /^(?:no|nope|actually|correction|wait|sorry)\b|\bactually\b|, not \p{L}|\bnot .{1,40} but\b/iu;
const ADVERBS =
  /^((?:I|My)(?: (?:am|have))?)(?: (?:also|now|still|just|really|actually|currently|finally|recently|already|both|all|absolutely|definitely|truly|personally|mostly|only|even))+\b/;
const ENDED = /^I(?<be> am)? no longer (?<rest>.*)|^I(?<notBe> am)?(?: do)? not (?<gone>.*?),? ?any ?more$/;

/** The clauses of a written-out sentence that state something of the speaker and can be read alone, up to a supposition. */
export function clausesOf(sentence: string, saidOn: CalendarDate): Clause[] {
  if (NO_FACT.test(sentence) || NO_STATEMENT.test(sentence)) return [];
  const isCorrection = CORRECTION.test(sentence);
  const clauses: Clause[] = [];
  for (const part of timeLast(sentence.replace(OPENER, ''), saidOn).split(CLAUSE_START)) {
    if (UNSURE.test(part)) break;
    clauses.push({ ...toldOnce(plain(part)), isCorrection });
  }
  return clauses;
}

/** `Last Friday, I went home and …` as `I went home last Friday and …`. */
function timeLast(sentence: string, saidOn: CalendarDate): string {
  const when = findWhen(sentence, { saidOn, isPast: true });
  if (when?.start !== 0) return sentence;
  const rest = sentence.slice(when.end).replace(/^,? /, '');
  const end = CLAUSE_START.exec(rest)?.index ?? trimmedEnd(rest, /[\s.!,;]/).length;
  return `${rest.slice(0, end)} ${sentence.charAt(0).toLowerCase()}${sentence.slice(1, when.end)}${rest.slice(end)}`;
}

/** A clause with `I` and `My` for whoever speaks of themself and theirs, without adverbs. */
function plain(clause: string): string {
  return trimmedEnd(clause.replace(OPENER, '').trim(), /[\s.!,;:)]/)
    .replace(/^we are\b/i, 'I am')
    .replace(/^we\b/i, 'I')
    .replace(/^(?:our|my)\b/i, 'My')
    .replace(/\bour\b/g, 'my')
    .replace(ADVERBS, '$1')
    .replace(/\bhave got\b/, 'have')
    .replace(/\bdo not (\p{L}+ (?:in |at )?)\p{L}+,? but (?:in |at )?/u, '$1')
    .replace(/\bnot (?:in |an? )?\p{L}+,? but /u, '');
}

/** `I no longer live in Oslo` and `I do not live in Oslo any more` as what has ended: `I live in Oslo`. */
function toldOnce(text: string): Pick<Clause, 'text' | 'isEnded'> {
  const { rest, gone, be, notBe } = ENDED.exec(text)?.groups ?? {};
  const ended = rest ?? gone;
  if (ended === undefined) return { text, isEnded: false };
  return { text: `I ${(be ?? notBe) === undefined ? '' : 'am '}${ended}`, isEnded: true };
}
