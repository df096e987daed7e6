import type { ArchiveView, PositionedMessage } from '../../../lib/client/index.ts';

/** An archive with all of its messages. */
export interface StoredArchive extends ArchiveView {
  readonly messages: readonly PositionedMessage[];
}

/** All that the API gives of one session. */
export interface StoredSession {
  readonly sessionId: string;
  readonly scope: string;
  /** How many archives the session says that it has. */
  readonly archiveCount: number;
  readonly archives: readonly StoredArchive[];
  readonly live: readonly PositionedMessage[];
}
