import type { AutoCommitContext } from '../auto-commit/index.ts';
import type { ContextEvent } from '../context/index.ts';
import type { DeletionContext } from '../deletion/index.ts';
import type { Embedding } from '../embedding/index.ts';
import type { ExtractionSettings } from '../extraction/index.ts';
import type { MemoryEvent } from '../memory/index.ts';
import type { FollowUpMessage, Sender } from '../queue/index.ts';
import type { RedactionMode } from '../redaction/index.ts';
import type { SearchEvent } from '../search/index.ts';
import type { SessionStore } from '../store/index.ts';
import type { Operation } from './routes.ts';

/** What the API depends on. */
export type ApiContext = DeletionContext &
  AutoCommitContext & {
    readonly store: SessionStore;
    readonly followUps: Sender<FollowUpMessage>;
    /** What the deployment wants to be extracted; the built-in settings unless given. */
    readonly extraction?: ExtractionSettings;
    /** What is found by meaning with; by words alone unless given. */
    readonly embedding?: Embedding;
    /** Unless `off`, which is not the default, people cannot enter memories that look like secrets. */
    readonly redact?: RedactionMode;
    readonly onEvent: (event: MemoryEvent | ContextEvent | SearchEvent) => void;
  };

/** What happens to requests, with numbers, for logs and metrics. */
export type ApiEvent =
  | {
      readonly type: 'api.answered';
      readonly operation: Operation;
      readonly status: number;
      readonly durationMs: number;
    }
  /** The answer is an error of ours. */
  | { readonly type: 'api.failed'; readonly status: number; readonly error: unknown };
