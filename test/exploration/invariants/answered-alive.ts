import type { Invariant } from './invariant.ts';
import { notesIn } from './notes-in.ts';

/** Nothing was heard of the commit for so long that whoever is answered with it sees to it that it runs. */
const SILENT_MS = 60_000;

/** Nobody is answered with a commit that nothing will run. */
export const answeredAlive: Invariant = {
  name: 'answered-alive',
  afterStep(step) {
    const { vanished } = step.after.ledger;
    if (vanished.size === 0) return undefined;
    for (const { by, note } of notesIn(step, 'commit-acknowledged')) {
      const goneMs = step.after.nowMs - (vanished.get(note.commitId) ?? step.after.nowMs);
      if (goneMs >= SILENT_MS)
        return `${by} was answered with commit ${note.commitId}, whose message has been gone for ${goneMs} ms`;
    }
    return undefined;
  },
};
