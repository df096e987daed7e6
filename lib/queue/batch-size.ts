/**
 * How many messages a function takes at once. With more, the first that fails spends a delivery of each one behind it,
 * and a worker that is killed takes them along: they reach the dead-letter queue without an attempt of their own
 * (docs/adr/0019-one-message-per-invocation.md).
 */
export const BATCH_SIZE = 1;
