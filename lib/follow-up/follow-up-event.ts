import type { FollowUpStep } from '../archive/index.ts';
import type { TokenUsage } from '../model/index.ts';

/** What happens in a follow-up, with its numbers, for logs and metrics. */
export type FollowUpEvent = {
  readonly tenant: string;
  readonly session: string;
  readonly commitId: string;
  readonly archive: number;
} & (
  | {
      readonly type: 'follow-up.step';
      readonly step: FollowUpStep;
      readonly outcome: 'done' | 'skipped';
      readonly durationMs: number;
      /** What the model took, where it says so. */
      readonly usage?: TokenUsage;
      /** Secrets that were replaced; absent where there are none. */
      readonly redacted?: number;
    }
  | { readonly type: 'follow-up.asked'; readonly step: FollowUpStep; readonly model: string }
  | { readonly type: 'follow-up.timeout'; readonly step: FollowUpStep; readonly timeoutMs: number }
  | { readonly type: 'follow-up.fallback'; readonly step: FollowUpStep; readonly model: string }
  | {
      /** A model gave memories that cannot be used; the others were kept. */
      readonly type: 'follow-up.rejected';
      readonly model: string;
      readonly count: number;
      /** Of the first ones; never what the memories say. */
      readonly reasons: readonly string[];
    }
  | {
      readonly type: 'follow-up.merged';
      readonly created: number;
      readonly updated: number;
      readonly unchanged: number;
      readonly retracted: number;
    }
  | {
      /** The archive was extracted once more, and its statements replaced. */
      readonly type: 'follow-up.replaced';
      readonly created: number;
      readonly updated: number;
      readonly unchanged: number;
      readonly retracted: number;
    }
  | {
      /** What the archive has given can be found by meaning. */
      readonly type: 'follow-up.embedded';
      readonly messages: number;
      readonly memories: number;
      readonly durationMs: number;
    }
  | {
      /** It can be found by words alone, in part or as a whole, until it is back-filled. */
      readonly type: 'follow-up.not-embedded';
      readonly error: unknown;
      readonly durationMs: number;
    }
  | { readonly type: 'follow-up.completed'; readonly durationMs: number }
  | { readonly type: 'follow-up.gone' }
);

/** A follow-up event without what every one of them carries. */
export type FollowUpEventDetails = FollowUpEvent extends infer Event
  ? Event extends FollowUpEvent
    ? Omit<Event, 'tenant' | 'session' | 'commitId' | 'archive'>
    : never
  : never;
