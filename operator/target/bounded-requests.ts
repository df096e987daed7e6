/** No request of an operator waits longer than attempts × (connection + request); a receive polls for 1 s of it. */
export const boundedRequests = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
} as const;
