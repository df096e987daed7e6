import type { Operation } from './routes.ts';

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
