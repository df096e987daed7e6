import type { DeadLetterKind, Prospect } from '../../lib/dead-letters/index.ts';

/** A dead letter, with what the database knows of it; times are ISO 8601. */
export interface LetterDocument {
  readonly id: string;
  readonly queue: DeadLetterKind;
  readonly group: string;
  /** Absent for one that cannot be understood, as are session and commit. */
  readonly tenant?: string;
  readonly session?: string;
  readonly commitId?: string;
  /** Of a follow-up. */
  readonly archive?: number;
  /** The last position that a commit may take. */
  readonly through?: number;
  readonly deadSince: string;
  readonly reason?: { readonly code: string; readonly message: string };
  readonly commitState?: string;
  /** What a replay would do now. */
  readonly prospect: Prospect;
  /** As it is on the queue. */
  readonly body: string;
}
