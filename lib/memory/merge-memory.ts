import { isDeepStrictEqual } from 'node:util';
import { MemoryContendedError } from './errors.ts';
import { listSources } from './list-sources.ts';
import type { EvidencedMemory, Memory, MemorySource, ScopeKey } from './memory.ts';
import type { MemoryStore } from './memory-store.ts';

/** The scope's lease makes conflicts rare: they come from a worker that lost it. */
const MAX_ATTEMPTS = 5;
/** How many older versions of a memory are kept. */
const MAX_HISTORY = 20;

export type MergeOutcome = 'created' | 'updated' | 'unchanged';

/**
 * Merges one extracted memory into its scope: creates it, or adds the evidence to the one with its category and key.
 * The newer evidence gives the text, whichever is merged first. Merging the same source again changes nothing.
 *
 * @throws MemoryContendedError, MemoryStoreUnavailableError, MemoryStoreRefusedError.
 */
export async function mergeMemory(
  store: MemoryStore,
  scope: ScopeKey,
  extracted: EvidencedMemory,
  source: MemorySource,
): Promise<MergeOutcome> {
  const { category, key } = extracted;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const known = await store.readMemory(scope, category, key);
    if (!known) {
      if (await store.putMemory(scope, created(extracted, source))) return 'created';
    } else if (isEvidence(known, source)) {
      return 'unchanged';
    } else {
      const memory = updated(known, extracted, source);
      // Of an archive that is listed no more, merged again.
      if (isDeepStrictEqual(memory, { ...known, version: memory.version })) return 'unchanged';
      if (await store.putMemory(scope, memory)) return 'updated';
    }
  }
  throw new MemoryContendedError(`${category}#${key}`, MAX_ATTEMPTS);
}

function isEvidence({ archives }: Memory, { session, archive }: MemorySource): boolean {
  return archives.some((known) => known.session === session && known.archive === archive);
}

function created(
  { category, key, text, confidence, seenAtMs }: EvidencedMemory,
  source: MemorySource,
): Memory {
  return {
    category,
    key,
    text,
    confidence,
    firstSeenAtMs: seenAtMs,
    lastSeenAtMs: seenAtMs,
    archives: [source],
    history: [],
    version: 1,
  };
}

/**
 * Of each text the newest evidence counts; the newest text is the memory's, and the others are its history. So the
 * order in which evidence is merged makes no difference.
 */
function updated(known: Memory, extracted: EvidencedMemory, source: MemorySource): Memory {
  // Seen last when its text was said last: what is newer would have another text.
  const current = { text: known.text, confidence: known.confidence, seenAtMs: known.lastSeenAtMs };
  const said = byText([current, ...known.history, extracted]);
  const [newest = current, ...older] = said;
  return {
    ...known,
    text: newest.text,
    confidence: newest.confidence ?? extracted.confidence,
    firstSeenAtMs: Math.min(known.firstSeenAtMs, extracted.seenAtMs),
    lastSeenAtMs: Math.max(known.lastSeenAtMs, extracted.seenAtMs),
    ...listSources([...known.archives, source], known.hasUnlistedSessions ?? false),
    history: older.slice(0, MAX_HISTORY).map(({ text, seenAtMs }) => ({ text, seenAtMs })),
    version: known.version + 1,
  };
}

interface Said {
  readonly text: string;
  readonly seenAtMs: number;
  /** Not kept in the history. */
  readonly confidence?: number;
}

/** The newest of each text, newest first; of the same moment, by text. */
function byText(said: readonly Said[]): Said[] {
  const newest = new Map<string, Said>();
  for (const one of said) {
    const other = newest.get(one.text);
    if (!other || isStronger(one, other)) newest.set(one.text, one);
  }
  return [...newest.values()].sort((a, b) => b.seenAtMs - a.seenAtMs || compare(a.text, b.text));
}

function isStronger(one: Said, other: Said): boolean {
  if (one.seenAtMs !== other.seenAtMs) return one.seenAtMs > other.seenAtMs;
  return (one.confidence ?? 0) > (other.confidence ?? 0);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
