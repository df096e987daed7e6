/** What publishing comes to, with numbers, for logs and metrics. */
export type PublishingEvent =
  | {
      readonly type: 'events.published';
      readonly count: number;
      /** How long ago the oldest of their writes was, to the second. */
      readonly lagMs: number;
    }
  /** What is left of a batch comes again. */
  | { readonly type: 'events.failed'; readonly error: unknown }
  /** A write whose events cannot be told; those behind it are. */
  | {
      readonly type: 'events.skipped';
      readonly tenant?: string;
      readonly session?: string;
      readonly error: unknown;
    };
