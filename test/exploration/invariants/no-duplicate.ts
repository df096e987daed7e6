import { contentsOf } from './contents-of.ts';
import type { Invariant } from './invariant.ts';
import { notesIn } from './notes-in.ts';

/** No append is in two places; no reader is shown as live what belongs to an archive. */
export const noDuplicate: Invariant = {
  name: 'no-duplicate',
  afterStep(step) {
    const { before, after } = step;
    if (before.session !== after.session) {
      const seen = new Set<string>();
      for (const { content, position } of contentsOf(after.session)) {
        if (seen.has(content)) return `'${content}' is there twice, the second time at position ${position}`;
        seen.add(content);
      }
    }
    for (const { note } of notesIn(step, 'read-live')) {
      const { meta, messages } = note.page;
      const archived = messages.find(({ position }) => position <= meta.committedThrough);
      if (archived) return `a reader was shown '${archived.content}' as live, which is archived`;
    }
    return undefined;
  },
};
