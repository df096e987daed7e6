import type { ScopeKey } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import type { Source } from './memory-store.ts';
import { removeSources } from './remove-sources.ts';
import { authorName, pendingName } from './statement.ts';

interface Archive {
  readonly session: string;
  readonly archive: number;
}

/**
 * Lists with sessions that an archive's manifest holds words of them, in memories that are not merged: whoever erases one
 * of the sessions finds the manifest. Announcing again changes nothing. A transaction for each session.
 *
 * @returns those of the sessions that are erased: the manifest must not keep their words.
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function announceCarried(
  { memories, signal }: Pick<MemoryContext, 'memories' | 'signal'>,
  scope: ScopeKey,
  archive: Archive,
  sessions: readonly string[],
): Promise<string[]> {
  const erased: string[] = [];
  for (const session of sessions) {
    signal?.throwIfAborted();
    const sources = pendingSources(archive, [session]).map(({ names, ...source }) => ({
      ...source,
      add: names,
    }));
    const outcome = await memories.change(scope, { carriedFrom: [session], sources });
    if (outcome === 'session-erased') erased.push(session);
  }
  return erased;
}

/** Takes it back, once the memories are merged, or gone. */
export async function withdrawCarried(
  context: Pick<MemoryContext, 'memories' | 'signal'>,
  scope: ScopeKey,
  archive: Archive,
  sessions: readonly string[],
): Promise<void> {
  if (sessions.length > 0) await removeSources(context, scope, pendingSources(archive, sessions));
}

/** One for each session, and the archive's own. */
function pendingSources(archive: Archive, sessions: readonly string[]): Source[] {
  const author = authorName({ kind: 'archive', messageId: '', model: '', ...archive });
  const others = sessions.filter((session) => session !== archive.session);
  return [
    ...others.map((session) => ({ session, author, names: [pendingName()] })),
    { session: archive.session, author, names: others.map((session) => pendingName(session)) },
  ].filter(({ names }) => names.length > 0);
}
