import { builtInCategories } from '../memory/index.ts';
import type { ExtractionSettings } from './extraction-settings.ts';

/** Part of the extraction prompt: what changes here is a new version of it. */
const builtInDescriptions: Readonly<Record<(typeof builtInCategories)[number], string>> = {
  profile: 'who the user is: name, job, family, home, languages, health needs they told about',
  preference: 'what the user likes, dislikes or wants done in a certain way',
  entity: 'people, projects, organisations, places and things in the user’s life, and what is true of them',
  event: 'something that happened or will happen at a certain time',
  case: 'a problem together with what solved it, or what was tried and did not',
  pattern: 'a way of working that has proved useful, and when it applies',
};

/** What a deployment extracts that names no file of its own. */
export const builtInExtraction: ExtractionSettings = {
  categories: builtInCategories.map((name) => ({ name, description: builtInDescriptions[name] })),
};
