import type { FollowUpProgress } from '../archive/index.ts';
import type { EvidencedMemory } from '../memory/index.ts';
import type { SessionKey } from '../session/index.ts';
import type { ArchiveStore } from '../store/index.ts';

type Extraction = FollowUpProgress['extraction'];

/**
 * Takes off an archive what was extracted of it and is not merged, if it carries on the words of a session: also what
 * others said as well, because the merge would not take it either.
 *
 * @throws StoreUnavailableError; the signal's reason.
 */
export async function strikeCarried(
  store: Pick<ArchiveStore, 'readManifest' | 'leaveMemories'>,
  key: SessionKey,
  archive: number,
  { isErased, signal }: { readonly isErased: (session: string) => boolean; readonly signal: AbortSignal },
): Promise<void> {
  for (let isLeft = false; !isLeft; ) {
    signal.throwIfAborted();
    const manifest = await store.readManifest(key, archive);
    if (!manifest) return;
    const { extraction, again } = manifest.followUp;
    const strike = (step: 'extraction' | 'again', found: Extraction) =>
      leave(store, key, archive, { step, found, isErased });
    // Another that strikes or merges at the same time only leaves less: it is read again.
    isLeft = (await strike('extraction', extraction)) && (await strike('again', again?.extraction));
  }
}

/** Returns whether nothing came in between. */
async function leave(
  store: Pick<ArchiveStore, 'leaveMemories'>,
  key: SessionKey,
  archive: number,
  {
    step,
    found,
    isErased,
  }: {
    readonly step: 'extraction' | 'again';
    readonly found: Extraction;
    readonly isErased: (session: string) => boolean;
  },
): Promise<boolean> {
  if (found?.outcome !== 'done') return true;
  const isKept = ({ carriedFrom = [] }: EvidencedMemory) => !carriedFrom.flat().some(isErased);
  const memories = found.memories.filter(isKept);
  const before = found.memories;
  return memories.length === before.length || store.leaveMemories(key, archive, { step, before, memories });
}
