import type { Memory, MemoryCategory, MemoryStore, ScopeKey } from '../memory/index.ts';

/** A page has 1 MB at most, and most scopes fit one. At half the price of consistent reads, eight cost 1,024 read units. */
const MAX_REQUESTS = 8;

/**
 * The memories of a scope in the wanted categories, without those that have been retracted: all of them, or in a scope
 * of more than 1 MB a part of each category, of at most 8 MB in all. What was merged a moment ago may be missing.
 *
 * @param signal ends it between two requests, with its reason.
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError; ItemUnreadableError, ItemTooNewError.
 */
export async function readScope(
  store: MemoryStore,
  scope: ScopeKey,
  wanted: readonly MemoryCategory[],
  signal: AbortSignal,
): Promise<Memory[]> {
  const found: Memory[] = [];
  const next: Range[] = wanted.length === 1 ? wanted.map((category) => ({ category })) : [{}];
  for (let requests = 0; requests < MAX_REQUESTS; requests += 1) {
    const range = next.shift();
    if (!range) break;
    signal.throwIfAborted();
    const { memories, nextAfter } = await store.listMemories(scope, { ...range, mayBeStale: true });
    found.push(...memories.filter((memory) => hasText(memory) && wanted.includes(memory.category)));
    if (nextAfter === undefined) continue;
    if (range.category === undefined) next.push(...rangesBehind(nextAfter, wanted));
    else next.push({ ...range, after: nextAfter });
  }
  return found;
}

interface Range {
  readonly category?: MemoryCategory;
  /** `<category>#<key>`. */
  readonly after?: string;
}

/** A view whose statements were all retracted says nothing. */
function hasText({ text }: { readonly text?: string | undefined }): boolean {
  return text !== undefined;
}

/**
 * What is left of each category behind the first page of all: the profile first, then what that page did not reach, and
 * last the category in which it ended. Read in turns, each of the six is reached within 8 requests.
 */
function rangesBehind(after: string, wanted: readonly MemoryCategory[]): Range[] {
  const isReached = (category: MemoryCategory) => after.startsWith(`${category}#`);
  const left = wanted.filter((category) => isReached(category) || `${category}#` > after);
  const turn = (category: MemoryCategory) => {
    if (category === 'profile') return 0;
    return isReached(category) ? 2 : 1;
  };
  return left
    .sort((a, b) => turn(a) - turn(b))
    .map((category) => ({ category, ...(isReached(category) && { after }) }));
}
