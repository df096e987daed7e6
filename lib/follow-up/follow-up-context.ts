import type { LeaseContext, LeasePolicy } from '../lease/index.ts';
import type { MemoryStore } from '../memory/index.ts';
import type { Model } from '../model/index.ts';
import type { SessionStore } from '../store/index.ts';
import type { FollowUpEvent } from './follow-up-event.ts';

/** What becomes of a step whose time is up: tried again later, done by the fallback model, or left out. */
export type TimeoutPolicy = 'fail' | 'fallback' | 'skip';

/** What following up depends on. */
export interface FollowUpContext {
  readonly store: SessionStore;
  readonly memories: MemoryStore;
  readonly model: Model;
  /** Needs no network; takes the place of `model` where the limits say so. */
  readonly fallback: Model;
  readonly lease: LeaseContext;
  readonly limits: {
    readonly memoryLease: LeasePolicy & { readonly onExhausted: 'retry-later' | 'dead-letter' | 'skip' };
    readonly followUp: {
      readonly deadlineMs: number;
      readonly summaryTimeoutMs: number;
      readonly extractionTimeoutMs: number;
      readonly onSummaryTimeout: TimeoutPolicy;
      readonly onExtractionTimeout: TimeoutPolicy;
    };
  };
  /** Names this worker to others that find the memory lease busy. */
  readonly owner: string;
  readonly onEvent: (event: FollowUpEvent) => void;
}
