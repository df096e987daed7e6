import type { inProcessSessionStore } from '../../../lib/store/index.ts';

/** Everything that the in-process store holds of one session. */
export type StoredSession =
  ReturnType<typeof inProcessSessionStore>['sessions'] extends Map<string, infer Stored> ? Stored : never;
