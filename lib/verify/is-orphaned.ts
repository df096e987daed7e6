import { type CommitStatus, isBeforeArchive, lastHeardAtMsOf } from '../session/index.ts';

/** The commit queue at a moment. */
export interface QueueSnapshot {
  /** No message was waiting, delayed or in flight. */
  readonly isEmpty: boolean;
  readonly atMs: number;
}

/** A request takes 29 s at most to send its message, and SQS up to a minute to count it. */
const SETTLED_MS = 90_000;

/**
 * Whether no message can be there any more for a commit that is not archived: the queue was empty long after something
 * was last heard of it. Of a queue that is never empty, nothing can be said.
 */
export function isOrphaned(status: CommitStatus, { isEmpty, atMs }: QueueSnapshot): boolean {
  return isEmpty && isBeforeArchive(status) && atMs - lastHeardAtMsOf(status) > SETTLED_MS;
}
