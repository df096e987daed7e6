import { MemoryContendedError } from './errors.ts';
import type { ScopeKey } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import type { KeptExtraction } from './memory-store.ts';
import { pauseBeforeAttempt } from './pause-before-attempt.ts';
import { authorName } from './statement.ts';

/** Only another change of the same items at the same moment is in the way. */
const MAX_ATTEMPTS = 5;

/**
 * Keeps on a manifest what carries on the words of other sessions, and lists it with them at once, so that the deletion
 * of one of them finds it there.
 *
 * @param carriedFrom those sessions, 40 at most.
 * @returns 'session-erased' when what one of them said is erased: nothing was kept. 'archive-changed' when the archive is
 * gone, or has such an extraction.
 * @throws MemoryContendedError, MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function keepExtraction(
  context: Omit<MemoryContext, 'newId'>,
  scope: ScopeKey,
  { carriedFrom, ...extraction }: KeptExtraction & { readonly carriedFrom: readonly string[] },
): Promise<'done' | 'archive-changed' | 'session-erased'> {
  const { session, archive } = extraction;
  const author = authorName({ kind: 'archive', session, archive, messageId: '', model: '' });
  const listed = carriedFrom.map((one) => ({ session: one, author }));
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    await pauseBeforeAttempt(context, attempt);
    const outcome = await context.memories.change(scope, { carriedFrom, listed, extraction });
    if (outcome === 'done' || outcome === 'archive-changed' || outcome === 'session-erased') return outcome;
  }
  throw new MemoryContendedError(1, MAX_ATTEMPTS);
}
