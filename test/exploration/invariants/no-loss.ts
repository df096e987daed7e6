import { contentsOf } from './contents-of.ts';
import type { Invariant } from './invariant.ts';
import { notesIn } from './notes-in.ts';

/** Every append that was acknowledged is in an archive or live, where its acknowledgement said; readers see it there. */
export const noLoss: Invariant = {
  name: 'no-loss',
  afterStep(step) {
    const { before, after } = step;
    const mayHold = after.session.meta !== undefined;
    if (
      mayHold &&
      (before.session !== after.session || before.ledger.acknowledged !== after.ledger.acknowledged)
    ) {
      const contents = contentsOf(after.session);
      for (const { content, position } of after.ledger.acknowledged) {
        if (!contents.some((placed) => placed.content === content && placed.position === position)) {
          return `'${content}' was acknowledged at position ${position}, and is neither archived nor live there`;
        }
      }
    }
    for (const { by, note } of notesIn(step, 'read-live')) {
      const { meta, messages } = note.page;
      for (const { content, position } of after.ledger.reads.get(by) ?? []) {
        if (position <= meta.committedThrough || messages.some((one) => one.content === content)) continue;
        return `a reader did not see '${content}', which was live when it began to read`;
      }
    }
    return undefined;
  },
};
