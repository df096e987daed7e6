import { LANGUAGE } from '../languages.ts';
import type { Rule } from '../rule.ts';
import { fromPattern } from './from-pattern.ts';

/** Games and sports that somebody plays. */
const GAME =
  '(?:chess|football|soccer|tennis|table tennis|badminton|basketball|volleyball|handball|hockey|golf|cricket|rugby|squash|padel|poker|bridge)';
const INSTRUMENT =
  '(?:(?:acoustic |electric |bass |classical )?guitar|piano|violin|viola|cello|double bass|flute|clarinet|oboe|saxophone|trumpet|trombone|drums|ukulele|harp|organ|accordion|banjo)';

/** Languages, subjects and instruments. */
export const skillRules: readonly Rule[] = [
  fromPattern({
    category: 'profile',
    pattern: new RegExp(`^(?<language>${LANGUAGE}) is my (?<rank>first|second|native|third) language`),
    subject: ({ language }) => `speaks-${language}`,
    text: (speaker, { language, rank }) => `${speaker}'s ${rank} language is ${language}`,
    confidence: 0.95,
  }),
  fromPattern({
    category: 'profile',
    pattern: new RegExp(`^I (?:also )?(?:speak|have spoken) (?:fluent )?(?<language>${LANGUAGE})\\b`),
    subject: ({ language }) => `speaks-${language}`,
    text: (speaker, { language }) => `${speaker} speaks ${language}`,
    confidence: 0.95,
  }),
  fromPattern({
    category: 'profile',
    pattern:
      /^I (?<verb>am learning|am studying|study) (?:the )?(?<what>(?!that|how|what|an? |more|so |from|about|at |in |on |for |with |every|hard|together|all |to (?:be|live|love|deal|cope))\p{L}[\p{L}+#-]*(?: \p{L}+){0,2}?)(?= (?:for|at|in|on|with|every|since|and|because|from)\b|[,.]|$)/u,
    subject: ({ what }) => `studies-${what}`,
    text: (speaker, { verb, what }) => `${speaker} ${verb === 'study' ? 'studies' : 'is learning'} ${what}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'profile',
    pattern: new RegExp(
      `^I (?:play|started playing|have been playing) (?:the )?(?<instrument>${INSTRUMENT})\\b`,
      'i',
    ),
    subject: ({ instrument = '' }) => `plays-${instrument.split(' ').at(-1)}`,
    text: (speaker, { instrument }) => `${speaker} plays the ${instrument}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'profile',
    pattern: new RegExp(`^(?:I|[Ww]e) play (?<game>${GAME})\\b`),
    subject: ({ game }) => `plays-${game}`,
    text: (speaker, { game }) => `${speaker} plays ${game}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'profile',
    pattern:
      /^(?:I|[Ww]e) (?:mostly |always |currently )?use (?<what>(?:an? )?\p{Lu}[\p{L}\p{N}.+#-]*(?: \p{L}.*)?)$/u,
    subject: ({ what = '' }) => `uses-${what.split(' ').slice(0, 3).join(' ')}`,
    text: (speaker, { what }) => `${speaker} uses ${what}`,
    confidence: 0.85,
  }),
];
