import type { ItemError } from '../table/index.ts';
import { memoryAdvice } from './memory-advice.ts';

/** One thing that is not as it should be. */
export interface Finding {
  readonly code: FindingCode;
  /** A note is worth knowing and mends itself; a problem does not. */
  readonly severity: 'problem' | 'note';
  /** What is wrong, with its numbers. */
  readonly what: string;
  readonly whatToDo: string;
}

const restore = 'Restore it from point-in-time recovery, with the condition attribute_not_exists(pk).';
const nextCommit = 'Nothing: the next commit of the session does it.';
const report =
  'Keep the items as they are, and compare them with point-in-time recovery: Commitlane itself never causes this.';

/** What to do about each finding. */
export const advice = {
  ...memoryAdvice,
  'session-missing': `Restore META from point-in-time recovery; until then nothing of the session can be read.`,
  'session-leftovers': 'Send DELETE for the session again: it removes what is left.',
  'session-busy': 'Verify it again when no commit of it runs.',
  'item-unreadable': 'Remove the item, then restore it from point-in-time recovery.',
  'item-too-new': 'Deploy the newer version of Commitlane, and verify the session with that one.',
  'seal-old': `${nextCommit} A worker may still be running, or the message is delivered again within minutes.`,
  'seal-stale':
    'Request a commit of the session: it finishes this archive first. The logs say why the worker stopped.',
  'seal-contradiction': report,
  'check-overdue':
    'Set its policy again (PATCH). Are others overdue, too? See the alarm auto-commit-failures: the schedule does not run, or does not get through.',
  'check-missing': 'Set its policy again (PATCH): then it is checked within a minute.',
  'archive-missing': restore,
  'archive-surplus': report,
  'vector-surplus':
    'Remove the items: they describe messages of no archive, and say nothing in words. Commitlane itself never causes this.',
  'archive-gap': report,
  'archive-end': report,
  'chunk-missing': restore,
  'chunk-damaged': `Remove the chunk, then restore it from point-in-time recovery.`,
  'chunk-order': report,
  'archive-counts': report,
  'record-lost': 'Do not commit: copy the record to a safe place, then compare with point-in-time recovery.',
  'record-not-cleared':
    'Nothing is lost: the archive has it. Request a commit; if this finding stays, report it.',
  'record-damaged': 'Restore the item from point-in-time recovery.',
  'record-beyond-end': report,
  'tombstone-without-record': report,
  'tombstone-mismatch': report,
  'void-archived': report,
  'closed-live': report,
  'expiry-missing': 'Set expiresAtSeconds to a day from now, or delete the item a day after the commit.',
  'expiry-late': 'Harmless: the item only stays longer than it is needed.',
  'position-missing':
    'Nothing: an append is still running, or its sender died; the next commit closes the position.',
  'follow-up-pending':
    'Look for its message: dlq list --queue follow-ups, the queue itself, and the log of the follow-up function.',
  'follow-up-dead-lettered': 'Fix the cause, then: dlq replay --queue follow-ups --session SESSION.',
  'commit-stuck':
    'Look for its message: dlq list --queue commits, the queue itself, and the log of the commit function.',
  'commit-orphaned':
    'Request a commit of the session: it sends the message again, or replaces this commit; then cancel this one with commits cancel if it still reads queued.',
  'commit-dead-lettered': 'Fix the cause, then: dlq replay --session SESSION.',
  'commit-without-archive': report,
  'dead-letters': 'dlq list shows them, dlq replay sends them again once the cause is fixed.',
} as const satisfies Record<string, string>;

export type FindingCode = keyof typeof advice;

/** Makes a finding of an item that cannot be understood; `damaged` is for one that no version has written. */
export function itemFinding(error: ItemError, damaged: FindingCode = 'item-unreadable'): Finding {
  return finding(error.code === 'item-too-new' ? error.code : damaged, error.message);
}

const notes: readonly FindingCode[] = [
  'session-busy',
  'seal-old',
  'position-missing',
  'expiry-late',
  'source-surplus',
];

/** Makes a finding of a code and its details. */
export function finding(code: FindingCode, what: string): Finding {
  return { code, severity: notes.includes(code) ? 'note' : 'problem', what, whatToDo: advice[code] };
}
