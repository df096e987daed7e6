import type { CommitlaneClient } from '../../client/index.ts';
import { hasCode } from '../history/index.ts';
import { requireNotDeleted } from './require-not-deleted.ts';

/** A session that can be cleared, and is then the next session: ids of deleted sessions are not used again. */
export interface Generations {
  /**
   * Does something to the session as it is now. If `work` fails because the session was deleted meanwhile, it is done to
   * the next one.
   */
  run<T>(work: (sessionId: string) => Promise<T>): Promise<T>;
  /** Reads the session as it is now; `work` finds nothing where there is no session. */
  read<T>(work: (sessionId: string) => Promise<readonly T[]>): Promise<readonly T[]>;
  /** Deletes the session with its archives. What was remembered of it stays. */
  clear(): Promise<void>;
}

/** How often a session may be cleared by others while one thing is done to it. */
const MAX_ATTEMPTS = 10;

/**
 * The session of an id, then of `<id>|cleared-1`, `<id>|cleared-2` and so on: each time it is cleared, by whichever
 * process, the next.
 */
export function generations(client: CommitlaneClient, sessionId: string): Generations {
  let cleared = 0;
  const idAfter = (times: number) => (times === 0 ? sessionId : `${sessionId}|cleared-${times}`);

  async function run<T>(work: (id: string) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const current = cleared;
      try {
        return await work(idAfter(current));
      } catch (error) {
        if (!hasCode(error, 'session-deleted') || attempt === MAX_ATTEMPTS) throw error;
      }
      const next = await firstAfter(current, (times) => isDeleted(client, idAfter(times)));
      cleared = Math.max(cleared, next);
    }
  }

  return {
    run,
    read: (work) =>
      run(async (id) => {
        const found = await work(id);
        if (found.length === 0) await requireNotDeleted(client, id);
        return found;
      }),
    clear: () =>
      run(async (id) => {
        await requireNotDeleted(client, id);
        await deleteIfThere(client, id);
      }),
  };
}

async function deleteIfThere(client: CommitlaneClient, sessionId: string): Promise<void> {
  try {
    await client.deleteSession(sessionId);
  } catch (error) {
    if (!hasCode(error, 'session-not-found')) throw error;
  }
}

async function isDeleted(client: CommitlaneClient, sessionId: string): Promise<boolean> {
  try {
    await requireNotDeleted(client, sessionId);
    return false;
  } catch (error) {
    if (!hasCode(error, 'session-deleted')) throw error;
    return true;
  }
}

/** The first number after `low` that is not gone: all that are, come before it. Asks as often as it has digits in binary. */
async function firstAfter(low: number, isGone: (number: number) => Promise<boolean>): Promise<number> {
  let gone = low;
  let step = 1;
  while (await isGone(gone + step)) {
    gone += step;
    step *= 2;
  }
  let left = gone + step;
  while (left - gone > 1) {
    const middle = Math.floor((gone + left) / 2);
    if (await isGone(middle)) gone = middle;
    else left = middle;
  }
  return left;
}
