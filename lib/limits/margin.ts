/**
 * Kept back of a worker's time, so that it ends in order before it is killed: one request at its slowest (12 s, see
 * aws-clients.ts) and the release of a lease (2 s).
 */
export const SHUTDOWN_MARGIN_MS = 15_000;
