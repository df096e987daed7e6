import type { Operation } from '../api/index.ts';

/** One operation of the API, as it is sent. */
export interface ApiRequest {
  readonly operation: Operation;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Left out of the address where undefined. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  /** How long the API may hold the answer back: added to the time limit of a try. */
  readonly heldBackMs?: number;
  readonly signal?: AbortSignal | undefined;
}
