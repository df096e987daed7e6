import type { FollowUpMessage } from '../../../lib/queue/index.ts';

import { limits } from '../roles/limits.ts';
import { isClean } from '../world/is-clean.ts';
import type { State } from '../world/state.ts';
import type { Invariant } from './invariant.ts';
import { notesIn } from './notes-in.ts';

/** One lease TTL, and the queue's back-off for one retry. */
const BOUND_MS = limits.lease.ttlMs + 5_000;

/** Errors that mean that the protocol itself is stuck, or that the code is wrong: no repetition cures them. */
const incurable = new Set(['ProtocolViolationError', 'ArchiveCorruptError', 'TypeError', 'RangeError']);

/** After the last fault has shown, a delivery completes within one lease TTL; nothing is left half done for ever. */
export const progress: Invariant = {
  name: 'progress',
  afterStep(step, { scenario }) {
    for (const { by, note } of notesIn(step, 'gave-up')) {
      if (incurable.has(note.error.name))
        return `${by} failed with ${note.error.name}: ${note.error.message}`;
    }
    if (step.choice.kind !== 'time-passes') return undefined;
    const { nowMs, ledger, actors, commitQueue, followUpQueue } = step.after;
    if (actors.some(({ slow, frozen }) => slow || frozen)) return undefined;
    // Without the queue's order those that wait meet each other at the lease, and each meeting costs a TTL.
    const boundMs = BOUND_MS * (scenario.isOrdered ? 1 : commitQueue.sent.length);
    for (const { messageId } of [...commitQueue.messages, ...followUpQueue.messages]) {
      const sinceMs = nowMs - (ledger.retriedAtMs.get(messageId) ?? nowMs);
      if (sinceMs > boundMs)
        return `message ${messageId} is not done ${sinceMs} ms after it was delivered again`;
    }
    return undefined;
  },
  atEnd(state, { scenario }) {
    const left = leftOver(state);
    if (left) return `${left} at the end`;
    if (!isClean(state)) return 'there are dead letters at the end';
    if (!state.session.meta) return undefined;
    const handedOver = state.followUpQueue.sent.map(
      ({ body }) => (JSON.parse(body) as FollowUpMessage).archive,
    );
    const forgotten = state.ledger.seals.find(({ archive }) => !handedOver.includes(archive));
    if (forgotten) return `archive ${forgotten.archive} was never handed over to its follow-up`;
    if (scenario.followUpWorkers === 0) return undefined;
    for (const { archive, followUp } of state.session.manifests.values()) {
      if (followUp.state !== 'completed')
        return `the follow-up of archive ${archive} is ${followUp.state} at the end`;
    }
    return undefined;
  },
};

function leftOver({ session, ledger, commitQueue }: State): string | undefined {
  const [message] = commitQueue.messages;
  if (!session.meta) return message && `message ${message.messageId} is on the queue`;
  const { sealed, archiveCount, committedThrough } = session.meta;
  if (sealed) return `archive ${sealed.archive} is sealed but not finished`;
  if (session.manifests.size !== archiveCount)
    return `of ${archiveCount} archives, ${session.manifests.size} are published`;
  const record = [...session.log.values()].find(
    ({ kind, position }) => kind === 'record' && position <= committedThrough,
  );
  if (record) return `position ${record.position} is archived but not cleared`;
  const waiting = ledger.promised.find(
    (commitId) => !ledger.vanished.has(commitId) && isWaiting(session.commits.get(commitId)?.state),
  );
  if (waiting) return `commit ${waiting} has not ended`;
  return message && `message ${message.messageId} is on the queue`;
}

function isWaiting(state: string | undefined): boolean {
  return state === undefined || state === 'queued' || state === 'committing';
}
