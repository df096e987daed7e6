import type { ArchivedRecord } from '../../../lib/archive/index.ts';
import type { readLive } from '../../../lib/session-log/index.ts';

/** What an actor believes, in the words of its caller. */
export type Note =
  | { readonly type: 'append-began'; readonly content: string }
  | { readonly type: 'append-acknowledged'; readonly content: string; readonly position: number }
  | { readonly type: 'commit-acknowledged'; readonly commitId: string }
  | { readonly type: 'read-live'; readonly page: Awaited<ReturnType<typeof readLive>> }
  | { readonly type: 'read-archive'; readonly archive: number; readonly records: readonly ArchivedRecord[] }
  /** A message was the one that a worker was at. */
  | { readonly type: 'attempted'; readonly messageId: string }
  /** A person was told that the memory is as they entered it. */
  | { readonly type: 'entered'; readonly saidAtMs: number }
  /** Somebody was told that the session is deleted. */
  | { readonly type: 'deleted' }
  | { readonly type: 'lease-lost' }
  | { readonly type: 'gave-up'; readonly error: Error };
