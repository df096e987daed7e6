import type { Author } from '../../memory/index.ts';
import type { AuthorView } from './memory-view.ts';

/** Whoever said something, as callers see them: without the ids that tell two entries of a person apart. */
export function toAuthorView(by: Author): AuthorView {
  if (by.kind === 'archive') return by;
  return by.kind === 'person' ? { kind: by.kind, who: by.who } : { kind: by.kind };
}
