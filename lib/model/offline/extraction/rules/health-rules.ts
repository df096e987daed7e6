import type { Rule } from '../rule.ts';
import { fromPattern } from './from-pattern.ts';

const CONDITION =
  '(?:asthma|diabetes|epilepsy|migraines?|hay fever|ADHD|dyslexia|coeliac disease|celiac disease|arthritis|tinnitus|anxiety|depression|insomnia|high blood pressure)';

const DIET = '(?:vegetarian|vegan|pescatarian|lactose intolerant|gluten intolerant|coeliac|celiac|diabetic)';

/** What the speaker's body asks for: illnesses, allergies, food. */
export const healthRules: readonly Rule[] = [
  fromPattern({
    category: 'profile',
    pattern: new RegExp(`^I (?:have|suffer from) (?<condition>${CONDITION})\\b`, 'i'),
    subject: ({ condition }) => `health-${condition}`,
    text: (speaker, { condition }) => `${speaker} has ${condition}`,
    confidence: 0.95,
  }),
  fromPattern({
    category: 'profile',
    pattern: /^I (?:am|have been)(?: \w+ly)? allergic to (?<what>.+)/,
    subject: ({ what }) => `allergy-${what}`,
    text: (speaker, { what }) => `${speaker} is allergic to ${what}`,
    confidence: 0.95,
  }),
  fromPattern({
    category: 'profile',
    pattern: new RegExp(`^I am (?:an? )?(?<diet>${DIET})\\b`, 'i'),
    subject: ({ diet }) => (diet === 'diabetic' ? 'health-diabetes' : 'diet'),
    text: (speaker, { diet }) => `${speaker} is ${diet}`,
    confidence: 0.95,
  }),
  fromPattern({
    category: 'profile',
    pattern:
      /^I do not (?<verb>eat|drink) (?<what>(?:meat|pork|beef|fish|dairy|gluten|eggs|alcohol|coffee|caffeine|nuts|sugar)\b)/,
    subject: ({ what }) => `diet-${what}`,
    text: (speaker, { verb, what }) => `${speaker} does not ${verb} ${what}`,
    confidence: 0.9,
  }),
];
