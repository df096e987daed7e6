import type { Identity } from './identity.ts';

/** A request, after the gateway has verified who sends it. */
export interface ApiRequest {
  readonly identity: Identity;
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string | undefined;
  /** Aborts shortly before the gateway gives up waiting. */
  readonly signal: AbortSignal;
}

export interface ApiResponse {
  readonly status: number;
  /** Besides its type. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; absent for an empty answer. */
  readonly body?: object;
}
