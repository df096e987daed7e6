import type { ArchiveView, CommitView } from '../../lib/api/index.ts';
import type { AutoCommitPolicy } from '../../lib/session/index.ts';

/** What there is to know of a session; times are ISO 8601. */
export interface SessionDocument {
  readonly tenant: string;
  readonly session: string;
  readonly scope: string;
  readonly memoryCategories: readonly string[];
  /** When it is committed without being asked; absent: never. */
  readonly autoCommit?: AutoCommitPolicy;
  readonly createdAt: string;
  /** The last position that was handed out. */
  readonly lastPosition: number;
  readonly committedThrough: number;
  readonly archiveCount: number;
  readonly fence: number;
  readonly live: { readonly messages: number };
  readonly leaseStore: string;
  readonly sealed?: {
    readonly archive: number;
    readonly from: number;
    readonly to: number;
    readonly commitId: string;
    readonly sealedAt: string;
  };
  readonly lease?: { readonly owner: string; readonly expiresAt: string };
  /** Newest first. */
  readonly commits: readonly CommitView[];
  readonly archives: readonly ArchiveView[];
}
