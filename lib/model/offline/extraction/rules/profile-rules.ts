import { monthNames } from '../calendar/calendar-date.ts';
import type { Rule } from '../rule.ts';
import { familyRules } from './family-rules.ts';
import { fromPattern } from './from-pattern.ts';
import { healthRules } from './health-rules.ts';
import { jobRules } from './job-rules.ts';
import { placeRules } from './place-rules.ts';
import { skillRules } from './skill-rules.ts';

/** What is true of the speaker for long. */
export const profileRules: readonly Rule[] = [
  ...placeRules,
  ...jobRules,
  ...healthRules,
  ...skillRules,
  ...familyRules,
  fromPattern({
    category: 'profile',
    pattern: /^I am (?<age>[1-9]\d)(?: years old\b|$)/,
    subject: () => 'age',
    text: (speaker, { age }) => `${speaker} is ${age} years old`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'profile',
    pattern: new RegExp(
      `^(?:[Mm]y birthday is|I was born) (?:on )?(?:the )?(?<date>\\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:${monthNames.join('|')})|(?:${monthNames.join('|')}) \\d{1,2})\\b`,
    ),
    subject: () => 'birthday',
    text: (speaker, { date }) => `${speaker}'s birthday is on ${date}`,
    confidence: 0.95,
  }),
  fromPattern({
    category: 'profile',
    pattern: /^(?:[Mm]y|[Oo]ur) (?<kind>goal|dream|aim|ambition) is to (?<what>.+)/,
    subject: ({ what }) => `goal-${what}`,
    text: (speaker, { kind, what }) => `${speaker}'s ${kind} is to ${what}`,
    confidence: 0.85,
  }),
  fromPattern({
    category: 'profile',
    pattern: /^(?:[Mm]y|[Oo]ur) budget(?<what> for .{1,60}?)? is (?<amount>[^,;\d]{0,40}\d[^,;]*)/,
    subject: ({ what }) => `budget ${what}`,
    text: (speaker, { what, amount }) => `${speaker}'s budget${what && ` ${what}`} is ${amount}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'profile',
    pattern:
      /\b(?:[Mm]y|[Oo]ur) (?<relation>husband|wife|daughter|son|kids|children|youngest)\b(?!,? \p{Lu})/u,
    subject: ({ relation }) =>
      /kids|children|youngest/.test(relation ?? '') ? 'children' : `family-${relation}`,
    text: (speaker, { relation = '' }) =>
      /kids|children|youngest/.test(relation) ? `${speaker} has children` : `${speaker} has a ${relation}`,
    confidence: 0.8,
  }),
  fromPattern({
    category: 'profile',
    pattern:
      /\bmy (?:own )?(?:path|journey|life|experience) as (?<identity>an? (?:\p{Ll}+ )?(?:woman|man|parent|mother|father|widow|widower|immigrant|refugee|veteran))\b/u,
    subject: () => 'identity',
    text: (speaker, { identity }) => `${speaker} is ${identity}`,
    confidence: 0.85,
  }),
];
