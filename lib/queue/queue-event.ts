/** What happens to deliveries, with numbers, for logs and metrics. */
export type QueueEvent = { readonly group: string; readonly messageId: string } & (
  | { readonly type: 'queue.given-back'; readonly visibleInMs: number; readonly error: unknown }
  | { readonly type: 'queue.dead-lettered'; readonly code: string; readonly error: unknown }
  | { readonly type: 'queue.visibility-failed'; readonly error: unknown }
  /** The first delivery of a message that was a dead letter before. */
  | { readonly type: 'queue.replayed' }
);
