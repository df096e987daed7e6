import type { Entry } from './enter-memory.ts';

/** What people do to the memories of a scope, for logs: neither the subject nor the text. */
export type MemoryEvent = { readonly tenant: string; readonly scope: string } & (
  | { readonly type: 'memory.entered'; readonly entry: Entry['kind'] }
  /** What was entered can be found by words alone, until it is back-filled. */
  | { readonly type: 'memory.not-embedded'; readonly error: unknown }
  /** One of them, for good. */
  | { readonly type: 'memory.erased' }
  /** All of them, for good. */
  | { readonly type: 'memory.scope-erased' }
);
