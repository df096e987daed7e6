import type { SessionStore } from '../session-store.ts';
import { archiveRequests } from './archive-requests.ts';
import { checkRequests } from './check-requests.ts';
import { commitRequests } from './commit-requests.ts';
import { deletionRequests } from './deletion-requests.ts';
import { listRequests } from './list-requests.ts';
import { logRequests } from './log-requests.ts';
import { metaRequests } from './meta-requests.ts';
import { type StoredSession, storedSessions } from './stored-sessions.ts';

/**
 * The session store in this process: for tests, and for exploring schedules of the protocol.
 *
 * Each method does its work in one synchronous step, as one database request does. `sessions` is what is stored,
 * keyed `tenant/session`; nothing expires.
 */
export function inProcessSessionStore(): SessionStore & { readonly sessions: Map<string, StoredSession> } {
  const stored = storedSessions();
  return {
    sessions: stored.sessions,
    ...metaRequests(stored),
    ...logRequests(stored),
    ...archiveRequests(stored),
    ...commitRequests(stored),
    ...deletionRequests(stored),
    ...checkRequests(stored),
    ...listRequests(stored),
  };
}
