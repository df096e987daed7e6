import { type CommitStatus, statusAsOf } from '../../../lib/session/index.ts';
import { FUNCTION_MS } from '../roles/consume.ts';
import type { State } from '../world/state.ts';
import type { Invariant } from './invariant.ts';

/** A commit's timeline never loses an entry, and a commit that was given up reads dead, not alive. */
export const toldTruly: Invariant = {
  name: 'told-truly',
  afterStep({ before, choice, after }) {
    if (after.session.meta && before.session.commits !== after.session.commits) {
      for (const [commitId, { timeline }] of before.session.commits) {
        const now = after.session.commits.get(commitId)?.timeline ?? [];
        const lost = timeline.find(({ event, atMs }, index) => !isEntry(now[index], event, atMs));
        if (lost) return `the entry '${lost.event}' is gone from the timeline of commit ${commitId}`;
      }
    }
    // Nothing more happens by itself: an operator looks at what is left.
    return choice.kind === 'close' ? alive(before) : undefined;
  },
  atEnd: alive,
};

function isEntry(entry: CommitStatus['timeline'][number] | undefined, event: string, atMs: number): boolean {
  return entry?.event === event && entry.atMs === atMs;
}

/** With one fault, the word of a worker that gives up is not lost, too. */
function alive({ session, nowMs, faults, commitQueue }: State): string | undefined {
  if (faults > 1 || !session.meta) return undefined;
  // The queue itself has moved it: its worker was killed, perhaps before it could note until when it may live.
  const isKilled = commitQueue.dead.some(({ receiveCount }) => receiveCount > 0);
  for (const status of session.commits.values()) {
    if (isKilled && status.lastAttemptUntilMs === undefined) continue;
    const { state } = statusAsOf(status, nowMs + FUNCTION_MS + 1);
    if (state === 'committing' || state === 'retrying')
      return `commit ${status.commitId} reads ${state}, and nobody is at it`;
  }
  return undefined;
}
