/** What happens while a context is read, for logs: it was given without memories, which could not be read. */
export type ContextEvent = {
  readonly type: 'context.memories-unavailable';
  readonly tenant: string;
  readonly session: string;
  readonly scope: string;
  readonly error: unknown;
};
