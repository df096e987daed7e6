import { inParallel } from '../batch/index.ts';
import type { ScopeKey } from '../memory/index.ts';
import type { SessionKey } from '../session/index.ts';
import { readAllManifests } from '../store/index.ts';
import { isItemError } from '../table/index.ts';
import { estimateTokens } from '../tokens/index.ts';
import type { BackfillContext } from './backfill-context.ts';
import { isEmbedded } from './is-embedded.ts';

/** What has no vector of the embedder yet. */
export interface BackfillPlan {
  readonly sessions: readonly PlannedSession[];
  readonly scopes: readonly PlannedScope[];
  /** Sessions and scopes with items that are damaged, or of a newer release: they are left out. */
  readonly unreadable: readonly UnreadablePlace[];
}

interface PlannedSession {
  readonly key: SessionKey;
  /** Oldest first. */
  readonly archives: readonly { readonly archive: number; readonly messages: number }[];
}

interface PlannedScope {
  readonly scope: ScopeKey;
  readonly memories: number;
  /** Of all of their texts, by estimate. */
  readonly tokens: number;
}

interface UnreadablePlace {
  readonly place: SessionKey | ScopeKey;
  readonly reason: string;
}

/** So many sessions and scopes are looked at a time, each in one request after another. */
const AT_ONCE = 8;

/**
 * Finds the archives and memories that have no vector of the embedder: those from before there was one, those that were
 * skipped, and those that another has embedded. It reads manifests and memories, but no messages. Of an archive it takes
 * about 100 bytes of memory.
 *
 * @param places sessions and scopes, in any order.
 * @param onLooked is told how many were looked at.
 * @throws StoreUnavailableError, StoreRefusedError; the signal's reason.
 */
export async function planBackfill(
  context: BackfillContext,
  places: AsyncIterable<SessionKey | ScopeKey>,
  onLooked?: (looked: number) => void,
): Promise<BackfillPlan> {
  const sessions: PlannedSession[] = [];
  const scopes: PlannedScope[] = [];
  const unreadable: UnreadablePlace[] = [];
  let looked = 0;
  await inParallel(places, AT_ONCE, context.signal, async (place, _index, signal) => {
    try {
      if ('session' in place) {
        const archives = await archivesWithout({ ...context, signal }, place);
        if (archives.length > 0) sessions.push({ key: place, archives });
      } else {
        const found = await memoriesWithout({ ...context, signal }, place);
        if (found.memories > 0) scopes.push({ scope: place, ...found });
      }
    } catch (error) {
      if (!isItemError(error)) throw error;
      unreadable.push({ place, reason: error.message });
    }
    looked += 1;
    onLooked?.(looked);
  });
  return { sessions, scopes, unreadable };
}

async function archivesWithout(
  context: BackfillContext,
  key: SessionKey,
): Promise<PlannedSession['archives']> {
  const { store, embedding, signal } = context;
  const { archiveCount = 0 } = (await store.readMeta(key)) ?? {};
  signal.throwIfAborted();
  const all = Array.from({ length: archiveCount }, (_, index) => index + 1);
  const manifests = await readAllManifests(store, key, all, ['embedding'], context);
  return manifests
    .filter((manifest) => !isEmbedded(manifest, embedding.embedder))
    .map(({ archive, messageCount }) => ({ archive, messages: messageCount }));
}

async function memoriesWithout(
  { embedding: { embedder, vectors }, signal }: BackfillContext,
  scope: ScopeKey,
): Promise<Omit<PlannedScope, 'scope'>> {
  const found = { memories: 0, tokens: 0 };
  let after: string | undefined;
  do {
    signal.throwIfAborted();
    const page = await vectors.listUnembedded(scope, embedder, { ...(after !== undefined && { after }) });
    found.memories += page.memories.length;
    for (const { key, text } of page.memories) found.tokens += estimateTokens(`${key}: ${text}`);
    after = page.nextAfter;
  } while (after !== undefined);
  return found;
}
