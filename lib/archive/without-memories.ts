import type { FollowUpProgress } from './manifest.ts';

type Extraction = NonNullable<FollowUpProgress['extraction']>;

/** What is left of an extraction on the manifest once its memories are merged: statements have them. */
export function withoutMemories(extraction: Extraction): Extraction {
  return extraction.outcome === 'done' ? { ...extraction, memories: [] } : extraction;
}
