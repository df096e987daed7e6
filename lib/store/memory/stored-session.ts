import type { Manifest } from '../../archive/index.ts';
import type { AppendKey, CommitStatus, LogEntry, SessionMeta } from '../../session/index.ts';

/** Everything that is stored of one session. */
export interface StoredSession {
  meta: SessionMeta;
  readonly log: Map<number, LogEntry>;
  readonly appendKeys: Map<string, AppendKey>;
  readonly manifests: Map<number, Manifest>;
  /** Keyed `archive/index`. */
  readonly chunks: Map<string, Uint8Array>;
  readonly commits: Map<string, CommitStatus>;
}
