import type { ScopeKey } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import { authorName, pendingName } from './statement.ts';

/**
 * Lists with sessions that an archive's manifest holds words of them, in memories that are not merged: whoever erases one
 * of the sessions finds the manifest. It stays announced until one of them is erased, or the archive's own session: a mark
 * has no words. Announcing again changes nothing. A transaction for each session.
 *
 * @param sessions without the archive's own.
 * @returns those of the sessions that are erased: the manifest must not keep their words. All of them where its own is.
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function announceCarried(
  { memories, signal }: Pick<MemoryContext, 'memories' | 'signal'>,
  scope: ScopeKey,
  { session: own, archive }: { readonly session: string; readonly archive: number },
  sessions: readonly string[],
): Promise<string[]> {
  const author = authorName({ kind: 'archive', messageId: '', model: '', session: own, archive });
  const erased: string[] = [];
  for (const session of sessions) {
    signal?.throwIfAborted();
    const outcome = await memories.change(scope, {
      // Of its own, too: what is announced late would stay when it is deleted.
      carriedFrom: [session, own],
      sources: [
        { session, author, add: [pendingName()] },
        { session: own, author, add: [pendingName(session)] },
      ],
    });
    if (outcome === 'session-erased') erased.push(session);
  }
  return erased;
}
