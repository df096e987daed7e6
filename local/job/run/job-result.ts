import type { CommitView, MemoryView } from '../../../lib/client/index.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { JobProblem } from '../verify/job-problem.ts';
import type { StoredSession } from './stored-session.ts';

/** What a job has done and found. */
export interface JobResult {
  /** Messages that this run has added; those of earlier runs on the same data are not among them. */
  readonly appended: number;
  readonly sessions: readonly SessionResult[];
  /** By scope, in the order of the sessions that feed them. */
  readonly memories: readonly { readonly scope: string; readonly memories: readonly MemoryView[] }[];
  readonly commits: readonly { readonly sessionId: string; readonly commit: CommitView }[];
  /** Empty when all is well. */
  readonly problems: readonly JobProblem[];
}

export interface SessionResult {
  readonly conversation: Conversation;
  readonly stored: StoredSession;
}
