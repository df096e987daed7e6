import type { Clock } from '../clock/index.ts';
import type { MemoryStore } from '../memory/index.ts';
import { type Meaning, searchMemories } from '../search/index.ts';
import type { SessionMeta } from '../session/index.ts';
import { shortenedMiddle } from '../text/index.ts';
import { type ChosenMemories, chooseMemories } from './choose-memories.ts';
import { lastUserText } from './last-user-text.ts';
import type { ContextSource } from './newest-first.ts';
import type { RememberedMemory } from './remembered-memory.ts';

/** Of 1 MB each, about 2,000 memories; a context must not wait for all of a large scope. */
const MAX_PAGES = 2;
const MAX_RELEVANT = 200;
const MAX_PROFILE = 100;
/** In UTF-16 units, as the API takes a query. */
const MAX_QUERY_LENGTH = 1_000;

/** Where a conversation and the memories of its scope are read from, and the time. */
interface RecallSource extends ContextSource {
  readonly memories: MemoryStore;
  readonly meaning: Meaning | undefined;
  readonly patience: ContextSource['patience'] & { readonly clock: Clock };
}

/**
 * What is remembered, of the session's scope, that belongs to a conversation: the profile, and what is near to the query, or
 * to what a user said last, by words and, with `meaning`, by meaning. At most 2 pages of 1 MB are searched, and 100 memories of the profile are read.
 *
 * @param options.room for all of it.
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError, ItemUnreadableError, ItemTooNewError,
 *   ArchiveCorruptError, StoreUnavailableError; the signal's reason.
 */
export async function recallMemories(
  source: RecallSource,
  meta: SessionMeta,
  options: {
    readonly query: string | undefined;
    readonly room: { readonly tokens: number; readonly bytes: number };
    readonly signal: AbortSignal;
  },
): Promise<ChosenMemories> {
  const { memories: store, key, meaning, patience } = source;
  const { room, signal } = options;
  const scope = { tenant: key.tenant, scope: meta.scope };
  const near = async () => {
    const query = options.query ?? (await lastUserText(source, meta));
    if (query === undefined) return [];
    const search = { query: shortenedMiddle(query, MAX_QUERY_LENGTH), limit: MAX_RELEVANT, meaning };
    const { hits } = await searchMemories(store, scope, {
      ...search,
      ...{ maxReads: MAX_PAGES, clock: patience.clock, signal },
    });
    return hits.map(({ memory }) => memory);
  };
  const [relevant, { memories: known }] = await Promise.all([
    near(),
    store.listMemories(scope, { category: 'profile', limit: MAX_PROFILE, mayBeStale: true }),
  ]);
  const others = known
    .flatMap(({ text, ...memory }): RememberedMemory[] => (text === undefined ? [] : [{ ...memory, text }]))
    .sort((a, b) => b.saidAtMs - a.saidAtMs);
  const [ofProfile, rest] = [relevant.filter(isProfile), relevant.filter((memory) => !isProfile(memory))];
  return chooseMemories({ profile: [...ofProfile, ...others], relevant: rest }, room);
}

const isProfile = ({ category }: RememberedMemory) => category === 'profile';
