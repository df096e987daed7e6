import type { SessionKey } from '../session/index.ts';
import { recordsForwards } from '../session-log/index.ts';
import { type Patience, SessionNotFoundError, type SessionStore } from '../store/index.ts';
import { toLine } from './to-line.ts';

/**
 * The lines of a session, each with its end: what it was created with, then every message, archived or live, in order and as it
 * is stored. The same session always gives the same bytes. One page of it is in memory at a time.
 *
 * @throws SessionNotFoundError, ReadContendedError, ArchiveCorruptError, StoreUnavailableError.
 */
export async function* exportSession(
  source: { readonly store: SessionStore; readonly patience: Patience },
  key: SessionKey,
): AsyncGenerator<string> {
  const meta = await source.store.readMeta(key);
  if (!meta) throw new SessionNotFoundError(key);
  const { session } = key;
  const { scope, title, memoryCategories, autoCommit } = meta;
  yield toLine({ kind: 'session', session, scope, title, memoryCategories, autoCommit });
  for await (const { messages } of recordsForwards({ ...source, key })) {
    for (const { id, at, role, content, metadata } of messages)
      yield toLine({ kind: 'message', session, id, at, role, content, metadata });
  }
}
