import type { Memory } from '../memory/index.ts';
import { type KnownMemory, readable } from '../model/index.ts';
import type { Message } from '../session/index.ts';
import type { FollowUpRun } from './follow-up-run.ts';

/** So many of a scope's memories are looked through: a scope has tens of them, seldom hundreds. */
const MAX_READ = 500;
const PAGE = 100;
/** Pages of large memories hold fewer of them: the database gives 1 MB at a time. */
const MAX_PAGES = 20;
/** So many are given to the model: each makes the prompt longer. */
const MAX_KNOWN = 100;
/** Shorter words say little about what a text is about. */
const WORD = /[\p{L}\p{N}]{4,}/gu;

/**
 * What is known in the wanted categories, so that the model can keep the key of a subject: first what shares the most
 * words with the conversation, then what was seen last. Read without a lease: the merge is what has to be exact.
 *
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError.
 */
export async function knownMemories(
  { memories, key, meta, signal }: FollowUpRun,
  messages: readonly Message[],
): Promise<KnownMemory[]> {
  if (meta.memoryCategories.length === 0) return [];
  const scope = { tenant: key.tenant, scope: meta.scope };
  const found: Memory[] = [];
  let after: string | undefined;
  let left = MAX_READ;
  for (let page = 0; page < MAX_PAGES && left > 0; page += 1) {
    signal.throwIfAborted();
    const limit = Math.min(PAGE, left);
    const listed = await memories.listMemories(scope, { limit, ...(after !== undefined && { after }) });
    left -= listed.memories.length;
    found.push(...listed.memories.filter(({ category }) => meta.memoryCategories.includes(category)));
    after = listed.nextAfter;
    if (after === undefined) break;
  }
  const said = new Set(readable(messages).flatMap(({ content }) => wordsOf(content)));
  const sharedBy = (memory: Memory) =>
    new Set(wordsOf(`${memory.key} ${memory.text}`).filter((word) => said.has(word))).size;
  return found
    .map((memory) => ({ memory, shared: sharedBy(memory) }))
    .sort((a, b) => b.shared - a.shared || b.memory.lastSeenAtMs - a.memory.lastSeenAtMs)
    .slice(0, MAX_KNOWN)
    .flatMap(({ memory: { category, key: name, text } }) =>
      text === undefined ? [] : [{ category, key: name, text }],
    );
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}
