import type { Rule } from '../rule.ts';
import { entityRules } from './entity-rules.ts';
import { eventRules } from './event-rules.ts';
import { patternRules } from './pattern-rules.ts';
import { preferenceRules } from './preference-rules.ts';
import { profileRules } from './profile-rules.ts';

export const allRules: readonly Rule[] = [
  ...profileRules,
  ...preferenceRules,
  ...entityRules,
  ...eventRules,
  ...patternRules,
];
