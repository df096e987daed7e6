import { MemoryContendedError } from './errors.ts';
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
 * @throws MemoryContendedError, MemoryStoreUnavailableError.
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
    } else if (await store.putMemory(scope, updated(known, extracted, source))) {
      return 'updated';
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

function updated(known: Memory, extracted: EvidencedMemory, source: MemorySource): Memory {
  const isNewer = extracted.seenAtMs >= known.lastSeenAtMs;
  const [current, older] = isNewer
    ? [extracted, { text: known.text, seenAtMs: known.lastSeenAtMs }]
    : [known, { text: extracted.text, seenAtMs: extracted.seenAtMs }];
  const history = known.text === extracted.text ? known.history : [older, ...known.history];
  return {
    ...known,
    text: current.text,
    confidence: current.confidence,
    firstSeenAtMs: Math.min(known.firstSeenAtMs, extracted.seenAtMs),
    lastSeenAtMs: Math.max(known.lastSeenAtMs, extracted.seenAtMs),
    archives: [...known.archives, source],
    history: [...history].sort((a, b) => b.seenAtMs - a.seenAtMs).slice(0, MAX_HISTORY),
    version: known.version + 1,
  };
}
