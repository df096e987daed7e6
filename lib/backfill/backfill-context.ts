import type { Clock } from '../clock/index.ts';
import type { Embedding } from '../embedding/index.ts';
import type { SessionStore } from '../store/index.ts';

/** What a back-fill works with. */
export interface BackfillContext {
  readonly store: Pick<SessionStore, 'readMeta' | 'readManifest' | 'readManifests' | 'readChunk'>;
  readonly embedding: Embedding;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Ends it between two requests, or while it waits for the model. */
  readonly signal: AbortSignal;
}
