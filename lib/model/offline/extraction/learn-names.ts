import { NAME, PET, RELATION } from './names.ts';
import type { Utterance } from './utterance.ts';

/** What only people have. */
const OWN =
  '(?:birthday|wedding|mum|mom|mother|dad|father|parents|sister|brother|wife|husband|school|room|boss)';

/** Not inside a word, where each letter would be a beginning. */
const START = "(?<![\\p{L}\\p{M}'-])";

const INTRODUCED = [
  new RegExp(`${START}(?<name>${NAME})'s ${OWN}\\b`, 'gu'),
  new RegExp(`\\b(?:[Mm]y|[Oo]ur) (?:${RELATION}|${PET}),? (?<name>${NAME})`, 'gu'),
  new RegExp(`\\b(?:${RELATION}|${PET}) is (?:called|named) (?<name>${NAME})`, 'gu'),
  new RegExp(`\\ban?(?:other)? ${PET} (?:called|named) (?<name>${NAME})`, 'gu'),
  new RegExp(`${START}(?<name>${NAME})(?:,| is) my (?:${RELATION}|${PET})\\b`, 'gu'),
];
/** Names of people and animals that are introduced anywhere in the conversation. */
export function learnNames(utterances: readonly Utterance[]): ReadonlySet<string> {
  const names = utterances
    .filter(({ message, name }) => message.role === 'user' || name !== undefined)
    .flatMap(({ text }) => INTRODUCED.flatMap((pattern) => [...text.matchAll(pattern)]))
    .map(({ groups }) => groups?.['name'] ?? '');
  return new Set(names);
}
