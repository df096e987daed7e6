import { ArchiveNotFoundError } from '../../lib/archive/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import { SessionNotFoundError } from '../../lib/store/index.ts';
import type { Target } from '../target/index.ts';

/**
 * The archives of a session that are meant: one, or all from one on. The newest may still be being written.
 *
 * @throws SessionNotFoundError; ArchiveNotFoundError where there is none of them.
 */
export async function archiveNumbers(
  { store }: Target,
  key: SessionKey,
  which: { readonly archive: number } | { readonly from: number },
): Promise<number[]> {
  const meta = await store.readMeta(key);
  if (!meta) throw new SessionNotFoundError(key);
  const first = 'archive' in which ? which.archive : which.from;
  const last = 'archive' in which ? which.archive : meta.archiveCount;
  if (first > meta.archiveCount) throw new ArchiveNotFoundError(key.session, first);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
