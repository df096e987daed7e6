import { deleteSession } from '../../../lib/deletion/index.ts';
import { SessionNotFoundError } from '../../../lib/store/index.ts';
import type { Program } from '../actor/program.ts';
import { limits } from './limits.ts';
import { session } from './session.ts';

const MAX_ATTEMPTS = 3;

/** A frontend that deletes the session, and repeats what fails. That there is none any more is an answer, too. */
export const deleter =
  (options: { readonly memories: boolean }): Program =>
  async (ports) => {
    const { name, store, memories, leases, clock, random, newId, note } = ports;
    const lease = { leases, clock, random, newId, onEvent: () => undefined };
    const context = { store, memories, lease, limits, owner: name };
    const { signal } = new AbortController();
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      try {
        await deleteSession(context, session, options, signal);
        note({ type: 'deleted' });
        return;
      } catch (error) {
        if (error instanceof SessionNotFoundError) {
          note({ type: 'deleted' });
          return;
        }
        note({ type: 'gave-up', error: error as Error });
      }
    }
  };
