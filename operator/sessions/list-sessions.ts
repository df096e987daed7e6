import { type ListedSessionView, toListedSessionView } from '../../lib/api/index.ts';
import { listSessions as listPage } from '../../lib/listing/index.ts';
import { ITEMS_PER_LIST } from '../../lib/store/index.ts';
import type { Target } from '../target/index.ts';

/** Sessions of a tenant, or of one of its scopes, newest activity first. */
export interface SessionListDocument {
  readonly tenant: string;
  readonly scope?: string;
  readonly sessions: readonly ListedSessionView[];
  /** Those that cannot be read; `verify` says why. */
  readonly unreadable: readonly string[];
  /** What to pass as `after` to go on; absent when these are the last. */
  readonly nextAfter?: string;
}

/**
 * Lists sessions, in as many pages as it takes.
 *
 * @param options.limit at most so many.
 * @throws StoreUnavailableError, StoreRefusedError.
 */
export async function listSessions(
  target: Target,
  {
    tenant,
    scope,
    limit,
    after: start,
  }: {
    readonly tenant: string;
    readonly scope?: string | undefined;
    readonly limit: number;
    readonly after?: string | undefined;
  },
): Promise<SessionListDocument> {
  const sessions: ListedSessionView[] = [];
  const unreadable: string[] = [];
  let after = start;
  do {
    const page = { limit: Math.min(ITEMS_PER_LIST, limit - sessions.length), after };
    const found = await listPage(target, { tenant, scope }, page);
    sessions.push(...found.sessions.map((session) => toListedSessionView(session, target.clock.now())));
    unreadable.push(...found.unreadable);
    after = found.nextAfter;
  } while (after !== undefined && sessions.length < limit);
  return {
    tenant,
    ...(scope !== undefined && { scope }),
    sessions,
    unreadable,
    ...(after !== undefined && { nextAfter: after }),
  };
}
