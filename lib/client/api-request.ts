import type { ClientOperation } from './client-routes.ts';

/** One operation of the API, as it is sent. */
export interface ApiRequest {
  readonly operation: ClientOperation;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Left out of the address where undefined. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  /** Behind which event a stream begins. */
  readonly lastEventId?: string | undefined;
  /** How long the API may hold the answer back: added to the time limit of a try. */
  readonly heldBackMs?: number;
  readonly signal?: AbortSignal | undefined;
}
