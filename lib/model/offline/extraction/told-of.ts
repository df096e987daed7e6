import { conjugate, isPastForm } from './conjugate.ts';
import { retell } from './retell.ts';
import type { Statement } from './statement.ts';

/** What a speaker says about themself, told of them by name. */
export interface Told {
  /** Without a full stop. */
  readonly text: string;
  /** The first verb's dictionary form. */
  readonly verb: string;
  readonly isPast: boolean;
  readonly isNegated: boolean;
  /** What follows the verb, retold. */
  readonly rest: string;
}

const ADVERB =
  '(?:also|just|really|usually|always|often|normally|generally|typically|mostly|never|still|already|finally|recently|actually|only|sometimes|definitely|even|both|all|currently|now|regularly|absolutely|truly|personally|rarely|mainly|tend to)';
const FIRST_PERSON = new RegExp(
  `^(?:I|we)(?<adverbs>(?: ${ADVERB})*) (?<verb>[\\p{L}]+)(?<between>(?: ${ADVERB})*)(?<rest>(?: [\\s\\S]*)?)$`,
  'iu',
);
const UNSURE =
  /^(?:would|could|might|may|should|shall|think|guess|hope|suppose|believe|feel|wonder|doubt|mean|bet|heard)$/i;

/** Retells a clause that begins with `I` or `we`; nothing if it does not, is unsure, or points outside itself. */
export function toldOf({ text, speaker, language }: Statement): Told | undefined {
  const groups = FIRST_PERSON.exec(text)?.groups;
  const { adverbs = '', verb = '', between = '', rest = '' } = groups ?? {};
  if (!groups || UNSURE.test(verb)) return undefined;
  const retold = retell(rest);
  if (retold === undefined) return undefined;
  const words = language.read(text).flatMap((sentence) => sentence.words);
  const word = words.find((candidate) => candidate.text === verb);
  if (!word || !['VERB', 'AUX'].includes(word.partOfSpeech)) return undefined;
  const isBaseForm = word.lemma === verb.toLowerCase();
  const told = `${adverbs} ${conjugate(verb, isBaseForm)}${between}`;
  return {
    text: `${speaker}${told}${agree(retold, isPastForm(verb, isBaseForm))}`,
    verb: word.lemma,
    isPast: isPastForm(verb, isBaseForm),
    isNegated: /^ (?:not|no longer|never)\b/.test(rest) || /\bnever\b/.test(`${adverbs}${between}`),
    rest: retold.trim(),
  };
}

/** A second verb after `and` or `or` agrees with the name too: `roast marshmallows and tell stories`. */
function agree(rest: string, isPast: boolean): string {
  if (isPast || /\bto\b/.test(rest)) return rest;
  return rest.replace(
    /\b(and|or)( (?:also|just|then))? (go|run|read|write|tell|swim|eat|drink|cook|walk|play|enjoy)\b/g,
    (_, conjunction, adverb = '', verb) => `${conjunction}${adverb} ${conjugate(verb, true)}`,
  );
}
