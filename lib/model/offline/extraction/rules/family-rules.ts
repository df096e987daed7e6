import { NAME, PET } from '../names.ts';
import type { Rule } from '../rule.ts';
import { fromPattern } from './from-pattern.ts';

/** Family and animals, as far as they have no name of their own in a rule about people. */
export const familyRules: readonly Rule[] = [
  fromPattern({
    category: 'profile',
    pattern: new RegExp(
      `(?:\\b[Mm]y|\\b[Oo]ur|^[Tt]he|^(?:I|[Ww]e) (?:have|got|have got|adopted) an?(?:other)?) (?<pet>${PET})(?: is)? (?:called|named) (?<name>${NAME})`,
      'u',
    ),
    subject: ({ name }) => `pet-${name}`,
    text: (speaker, { name, pet }) => `${speaker} has a ${pet} called ${name}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'profile',
    pattern: new RegExp(`(?:^|[ -])(?<name>${NAME})(?:,| is) (?:my|our) (?<pet>${PET})\\b`, 'u'),
    subject: ({ name }) => `pet-${name}`,
    text: (speaker, { name, pet }) => `${speaker} has a ${pet} called ${name}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'profile',
    pattern: new RegExp(
      `^(?:I|[Ww]e) have(?: got)? (?<pets>(?:an?|two|three|four) ${PET}s?(?:(?:,| and) (?:an?|two|three|four) ${PET}s?)*)(?! (?:called|named))\\b`,
      'u',
    ),
    subject: () => 'pets',
    text: (speaker, { pets }) => `${speaker} has ${pets}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'profile',
    pattern:
      /^(?:I|[Ww]e) have (?<what>(?:an?|one|two|three|four|five|six|\d) (?:kids?|children|child|sons?|daughters?|(?:younger |older |little |big )?(?:siblings?|brothers?|sisters?)))\b/,
    subject: ({ what = '' }) =>
      /kid|child/.test(what) ? 'children' : `family-${what.split(' ').at(-1)?.replace(/s$/, '')}`,
    text: (speaker, { what }) => `${speaker} has ${what}`,
    confidence: 0.9,
  }),
];
