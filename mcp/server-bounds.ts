/** What bounds a server, whatever its callers do. */
export const serverBounds = {
  /** Of one message of a caller: twice a body that the API takes, for what JSON-RPC puts around it. */
  maxMessageBytes: 2 * 1024 * 1024,
  /** Calls of tools, of all callers together. */
  maxCalls: 32,
  /** Of callers over HTTP; each serves one request at a time. */
  maxConnections: 100,
  /** Nothing changes that a caller could subscribe to, and a subscription would never end. */
  maxSubscriptions: 0,
  /** A request that is not complete by then is dropped. */
  requestTimeoutMs: 30_000,
} as const;
