import type { Embedding } from '../embedding/index.ts';
import type { ExtractionSettings } from '../extraction/index.ts';
import type { LeaseContext } from '../lease/index.ts';
import type { Limits } from '../limits/index.ts';
import type { MemoryStore } from '../memory/index.ts';
import type { Model } from '../model/index.ts';
import type { RedactionMode } from '../redaction/index.ts';
import type { ArchiveStore, CommitStatusStore, MetaStore } from '../store/index.ts';
import type { Trace } from '../trace/index.ts';
import type { FollowUpEvent } from './follow-up-event.ts';

/** What following up depends on. */
export interface FollowUpContext {
  readonly store: MetaStore & ArchiveStore & CommitStatusStore;
  readonly memories: MemoryStore;
  readonly model: Model;
  /** Needs no network; takes the place of `model` where the limits say so. */
  readonly fallback: Model;
  /** What the deployment wants to be extracted; the built-in settings unless given. */
  readonly extraction?: ExtractionSettings;
  /** What finding by meaning needs; absent: nothing is embedded. */
  readonly embedding?: Embedding;
  /** Where secrets are taken out. Default `memories`. */
  readonly redact?: RedactionMode;
  readonly lease: LeaseContext;
  readonly limits: Pick<Limits, 'memoryLease' | 'followUp'>;
  /** Names this worker to others that find the memory lease busy. */
  readonly owner: string;
  readonly onEvent: (event: FollowUpEvent) => void;
  /** Traces the steps; default untraced. */
  readonly trace?: Trace;
}
