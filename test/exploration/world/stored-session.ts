import type { memorySessionStore } from '../../../lib/store/index.ts';

/** Everything that the in-memory store holds of one session. */
export type StoredSession =
  ReturnType<typeof memorySessionStore>['sessions'] extends Map<string, infer Stored> ? Stored : never;
