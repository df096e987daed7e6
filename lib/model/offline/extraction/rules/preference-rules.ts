import { phraseOf } from '../phrase-of.ts';
import { retell } from '../retell.ts';
import type { Rule } from '../rule.ts';
import { fromPattern } from './from-pattern.ts';

const LIKING =
  /^(?:I|we)(?: (?:also|really|absolutely|always|truly|still|just|personally|both|all))* (?<verb>love|like|enjoy|adore|prefer|hate|dislike|cannot stand|do not (?:really )?(?:like|enjoy)) (?<what>.+)/i;

/** What cannot be liked in general: a thing at hand, a hearer, a moment, a supposition. */
const NOT_GENERAL =
  /^(?:the|that|this|how|what|when|where|to (?:hear|know|see|say|think|help|be|make)|hearing|seeing|being|having|knowing|one|all|every|each|a (?:good|great|nice)\b|no\b|not\b)|\b(?:all the|the one|too)\b|\bto$/i;

/** `pizza, pasta and sushi` */
const LIST = /^\p{L}[\p{L} ]{1,20}(?:, \p{L}[\p{L} ]{1,20})+,? and \p{L}[\p{L} ]{1,20}$/u;

const told: Readonly<Record<string, string>> = {
  love: 'loves',
  like: 'likes',
  enjoy: 'enjoys',
  adore: 'adores',
  prefer: 'prefers',
  hate: 'hates',
  dislike: 'dislikes',
  'cannot stand': 'cannot stand',
};

/** What the speaker likes, dislikes, and wants done. One key for both answers to the question if they like it. */
export const preferenceRules: readonly Rule[] = [
  liking,
  fromPattern({
    category: 'preference',
    pattern:
      /^(?:I|we) (?:am|are)(?: also)?(?: really| very| so)? (?<how>a (?:big |huge |great )?fan of|keen on|fond of|passionate about|obsessed with) (?:both )?(?<what>(?!the |those |one |each |all |making a)\p{L}.*)/u,
    subject: ({ what }) => `likes-${what}`,
    text: (speaker, { how, what }) => `${speaker} is ${how} ${what}`,
    confidence: 0.85,
  }),
  fromPattern({
    category: 'preference',
    pattern:
      /^(?:[Mm]y|[Oo]ur) (?:all-time )?fav(?:ou?rite|e)? (?<kind>[\p{L} ]{2,30}?) (?:is|are) (?<what>(?!when|that|how|seeing|the one)\p{L}.*)/u,
    subject: ({ kind }) => `favourite-${kind}`,
    text: (speaker, { kind, what }) => `${speaker}'s favourite ${kind} is ${what}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'preference',
    pattern:
      /^(?<what>(?!(?:one|drawing flowers is one)\b)\p{L}[\p{L} ]+?)(?: is| are|'s) (?:definitely )?(?:my|our) (?:fav(?:ou?rites?|es?)?|favou?rite (?:thing|colou?r|food|season))$/iu,
    subject: ({ what }) => `likes-${what}`,
    text: (speaker, { what }) => `${what} is ${speaker}'s favourite`,
    confidence: 0.85,
  }),
  fromPattern({
    category: 'preference',
    pattern:
      /^I have(?: recently| just)? (?:switched|changed|moved) from (?<old>[\p{L} ]{2,30}?) to (?<what>\p{L}.*)/u,
    subject: ({ old }) => `switched-from-${old}`,
    text: (speaker, { old, what }) => `${speaker} has switched from ${old} to ${what}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'preference',
    pattern:
      /^(?:please )?(?:always )?(?:keep|make) (?:your|the) (?<kind>answers|replies|responses|messages|explanations) (?<how>short|brief|concise|simple|detailed|formal|informal|technical|in [\p{L}]+)/iu,
    subject: ({ kind }) => `style-${kind}`,
    text: (speaker, { kind, how }) => `${speaker} wants ${kind} kept ${how}`,
    confidence: 0.95,
  }),
  fromPattern({
    category: 'preference',
    pattern:
      /^(?:[Pp]lease )?(?:[Aa]lways )?(?:[Aa]nswer|[Rr]eply|respond|write)(?: to me)?(?: only)? in (?<language>\p{Lu}\p{Ll}+)$/u,
    subject: () => 'language-answers',
    text: (speaker, { language }) => `${speaker} wants answers in ${language}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'preference',
    pattern:
      /^(?:[Pp]lease )?(?<how>[Aa]lways|[Nn]ever|[Dd]o not) use (?<tool>[\p{L}\p{N} -]{3,30}?)(?: in (?:your|my) (?<place>answers|replies|code|commits|texts|emails))?$/u,
    subject: ({ tool }) => `use-${tool}`,
    text: (speaker, { how = '', tool, place }) =>
      `${speaker} wants ${/always/i.test(how) ? '' : 'no '}${tool} used${place ? ` in ${place}` : ''}`,
    confidence: 0.85,
  }),
  fromPattern({
    category: 'preference',
    pattern:
      /^I have always (?:had|felt) an? (?:strong |deep |great )?(?:love|passion|fondness|weakness|connection) (?:for|to|with) (?<what>\p{L}.*)/u,
    subject: ({ what }) => `likes-${what}`,
    text: (speaker, { what }) => `${speaker} loves ${what}`,
    confidence: 0.85,
  }),
];

function liking({ text, speaker }: Parameters<Rule>[0]): ReturnType<Rule> {
  const { verb = '', what = '' } = LIKING.exec(text)?.groups ?? {};
  const isPreference = verb.toLowerCase() === 'prefer';
  const isWhole = isPreference || LIST.test(what);
  const phrase = isWhole ? what : phraseOf(what);
  const isGeneral = !NOT_GENERAL.test(what) && !NOT_GENERAL.test(phrase ?? '');
  const retold = phrase && (isPreference || isGeneral) ? retell(phrase) : undefined;
  if (retold === undefined) return undefined;
  const likes = told[verb.toLowerCase()] ?? verb.toLowerCase().replace('do not', 'does not');
  return {
    category: 'preference',
    subject: `likes-${retold.replace(/(?:,| (?:to|over|than|rather)\b).*/, '')}`,
    text: `${speaker} ${likes} ${retold}.`,
    confidence: 0.9,
  };
}
