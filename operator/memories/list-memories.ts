import { type Memory, type MemoryCategory, type ScopeKey, subjectName } from '../../lib/memory/index.ts';
import { wordsOf } from '../../lib/words/index.ts';
import type { Target } from '../target/index.ts';
import { type MemoryDocument, memoryDocument } from './memory-document.ts';

/** Memories of a scope, in the order of category and key. */
export interface MemoryListDocument {
  readonly tenant: string;
  readonly scope: string;
  readonly memories: readonly MemoryDocument[];
  /** What to pass as `after` to go on; absent when these are the last. */
  readonly nextAfter?: string;
}

/** Which memories are listed. */
export interface MemoryChoice extends ScopeKey {
  /** Only of this category. */
  readonly category?: MemoryCategory | undefined;
  /** Only those whose key and text have all of these words, or words that begin so. */
  readonly words?: string | undefined;
  /** Those that were taken back, too. False by default. */
  readonly withForgotten?: boolean | undefined;
  /** At most so many. */
  readonly limit: number;
  /** Begins behind this one; `<category>#<key>`. */
  readonly after?: string | undefined;
}

/** A memory has 0.5 KB or so: 100 KB at once. */
const PAGE = 200;
/** Of a scope that has more, a list that few of them match ends here, and goes on with `nextAfter`. */
const MAX_READ = 10_000;

/**
 * Lists memories, in as many pages as it takes.
 *
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError, ItemUnreadableError, ItemTooNewError; the signal's reason.
 */
export async function listMemories(
  { memories: store }: Pick<Target, 'memories'>,
  choice: MemoryChoice,
  signal: AbortSignal,
): Promise<MemoryListDocument> {
  const { tenant, scope, category, limit } = choice;
  const isWanted = filterOf(choice);
  const found: Memory[] = [];
  let [after, read] = [choice.after, 0];
  do {
    signal.throwIfAborted();
    const page = { limit: PAGE, ...(after !== undefined && { after }), ...(category && { category }) };
    const { memories, nextAfter } = await store.listMemories({ tenant, scope }, page);
    found.push(...memories.filter(isWanted));
    read += memories.length;
    after = nextAfter;
  } while (after !== undefined && found.length < limit && read < MAX_READ);
  const listed = found.slice(0, limit);
  const last = found.length > limit ? listed.at(-1) : undefined;
  const nextAfter = last ? subjectName(last) : after;
  return {
    tenant,
    scope,
    memories: listed.map(memoryDocument),
    ...(nextAfter !== undefined && { nextAfter }),
  };
}

function filterOf({ words = '', withForgotten = false }: MemoryChoice): (memory: Memory) => boolean {
  const wanted = wordsOf(words);
  // Signs and emoji are no words.
  const signs = wanted.length === 0 ? words.trim() : '';
  return ({ key, text = '', ...memory }) => {
    if (!withForgotten && text === '') return false;
    if (signs !== '') return text.includes(signs);
    const known = wanted.length === 0 ? [] : wordsOf(`${memory.category} ${key} ${text}`);
    return wanted.every((word) => known.some((one) => one.startsWith(word)));
  };
}
