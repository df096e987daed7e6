import { requestCommit } from '../../../lib/commit/index.ts';
import type { Program } from '../actor/program.ts';
import { session } from './session.ts';

const MAX_ATTEMPTS = 3;

/**
 * A frontend that asks for commits, one after the other, with a key or without, and repeats what fails.
 *
 * @param options.pauseMs how long it waits before it asks again.
 */
export function requester(
  keys: readonly (string | undefined)[],
  { keepRecent = 0, pauseMs = 0 }: { readonly keepRecent?: number; readonly pauseMs?: number } = {},
): Program {
  return async ({ store, commitQueue: commits, clock, newId, note }) => {
    for (const [index, idempotencyKey] of keys.entries()) {
      if (index > 0 && pauseMs > 0) await clock.sleep(pauseMs);
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        try {
          const request = { keepRecent, ...(idempotencyKey !== undefined && { idempotencyKey }) };
          const { commitId } = await requestCommit({ store, commits, clock, newId }, session, request);
          note({ type: 'commit-acknowledged', commitId });
          break;
        } catch (error) {
          note({ type: 'gave-up', error: error as Error });
        }
      }
    }
  };
}
