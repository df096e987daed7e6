import { NAME, RELATION } from '../names.ts';
import type { Rule } from '../rule.ts';
import { aboutOthers } from './about-others.ts';
import { fromPattern } from './from-pattern.ts';

const GROUP =
  '(?:group|company|band|team|firm|clinic|school|club|choir|church|start-?up|project|organi[sz]ation|employer|university|agency|shop)';
const DEPARTMENT =
  '(?:support|sales|marketing|finance|accounting|legal|HR|IT|security|design|operations|engineering|procurement|logistics)';

/** People and groups that the speaker names. */
export const entityRules: readonly Rule[] = [
  fromPattern({
    category: 'entity',
    pattern: new RegExp(`\\b(?:[Mm]y|[Oo]ur) (?<relation>${RELATION}),? (?<name>${NAME})`, 'u'),
    subject: ({ name }) => name ?? '',
    text: (speaker, { relation, name }) => `${name} is ${speaker}'s ${relation}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'entity',
    pattern: new RegExp(
      `\\b(?:[Mm]y|[Oo]ur) \\p{Ll}+ \\p{Lu}\\p{Ll}+ and (?:my|our) (?<relation>${RELATION}) (?<name>${NAME})`,
      'u',
    ),
    subject: ({ name }) => name ?? '',
    text: (speaker, { relation, name }) => `${name} is ${speaker}'s ${relation}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'entity',
    pattern: new RegExp(`^(?<name>${NAME})(?:,| is) (?:my|our) (?<relation>${RELATION})\\b(?!')`, 'u'),
    subject: ({ name }) => name ?? '',
    text: (speaker, { relation, name }) => `${name} is ${speaker}'s ${relation}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'entity',
    pattern: new RegExp(
      `\\b(?:[Mm]y|[Oo]ur) (?<relation>${RELATION}|${GROUP}) is (?:called|named) (?<name>${NAME})`,
      'u',
    ),
    subject: ({ name }) => name ?? '',
    text: (speaker, { relation, name }) => `${name} is ${speaker}'s ${relation}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'entity',
    pattern: new RegExp(`^(?:[Mm]y|[Oo]ur) (?<group>${GROUP}), ['"]?(?<name>${NAME})['"]?,`, 'u'),
    subject: ({ name }) => name ?? '',
    text: (speaker, { group, name }) => `${name} is ${speaker}'s ${group}`,
    confidence: 0.85,
  }),
  fromPattern({
    category: 'entity',
    pattern: new RegExp(`^(?<name>\\p{Lu}\\p{Ll}+) from (?<department>${DEPARTMENT})\\b`, 'u'),
    subject: ({ name }) => name ?? '',
    text: (_, { name, department }) => `${name} works in ${department}`,
    confidence: 0.8,
  }),
  fromPattern({
    category: 'entity',
    pattern:
      /^(?<name>\p{Lu}\p{Ll}+) (?<verb>owns|maintains|leads|manages|runs) (?<what>(?:the|our|an?) \p{L}.*)/u,
    subject: ({ name }) => name ?? '',
    text: (_, { name, verb, what }) => `${name} ${verb} ${what}`,
    confidence: 0.85,
  }),
  fromPattern({
    category: 'entity',
    pattern:
      /(?:^|[ ,])(?<name>\p{Lu}\p{Ll}+),? (?<diet>is (?:vegetarian|vegan|lactose intolerant|coeliac|diabetic)|does not eat (?:pork|meat|fish|nuts|eggs))\b/u,
    subject: ({ name }) => `${name}-diet`,
    text: (_, { name, diet }) => `${name} ${diet}`,
    confidence: 0.9,
  }),
  aboutOthers,
];
