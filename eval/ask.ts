import { contextWithMemories, DEFAULT_MEMORY_SHARE } from '../lib/context/index.ts';
import { EmbeddingUnavailableError } from '../lib/embedding/index.ts';
import type { Memory } from '../lib/memory/index.ts';
import {
  fuse,
  type Meaning,
  type MemoryHit,
  type MessageHit,
  searchMemories,
  searchSession,
} from '../lib/search/index.ts';
import { estimateMessageTokens } from '../lib/tokens/index.ts';
import type { Played } from './play.ts';

/** So many hits are looked at for each question. */
const MAX_HITS = 20;
/** So many are what an answer is made of. */
const HITS_OF_ANSWER = 10;
const CONTEXT_TOKENS = 2_000;

/** What was found for a question, as ids of messages, best first. */
export interface Found {
  readonly messages: readonly string[];
  /** Messages, and those that memories came from, by both rankings. */
  readonly either: readonly string[];
  /** What the first 10 hits take, by estimate. */
  readonly tokens: number;
  readonly hits: readonly MessageHit[];
  readonly memories: readonly MemoryHit[];
}

/**
 * Asks the real search.
 *
 * @param options.meaning without it, by words alone.
 * @throws EmbeddingUnavailableError when the model did not answer, so that the search was by words alone.
 */
export async function ask(
  { store, memories, key, scope, lease }: Played,
  query: string,
  { meaning, signal }: { readonly meaning?: Meaning | undefined; readonly signal: AbortSignal },
): Promise<Found> {
  const options = { query, limit: MAX_HITS, meaning, signal };
  const inSession = await searchSession({ store, key, patience: lease }, options);
  const inScope = await searchMemories(memories, scope, { ...options, clock: lease.clock });
  if (meaning && [inSession, inScope].some(({ ranking }) => ranking === 'words')) {
    throw new EmbeddingUnavailableError(
      `The embedding model did not answer in time for '${query}'. Try again.`,
    );
  }
  const { hits } = inSession;
  const sources = sourcesOf(inScope.hits.map(({ memory }) => memory));
  const found = hits.map(({ message }) => message.id);
  const tokens = hits
    .slice(0, HITS_OF_ANSWER)
    .reduce((sum, { message }) => sum + estimateMessageTokens({ content: message.content }), 0);
  return {
    messages: found,
    either: fuse([found, [...new Set(sources)]], (id) => id).map(({ item }) => item),
    tokens,
    hits,
    memories: inScope.hits,
  };
}

/**
 * What the context within 2 000 tokens holds for a question, as `GET …/context?tokenBudget=2000&query=` gives it: the ids of its
 * messages, and of those that its memories came from.
 */
export async function idsInContext(
  { store, memories, key, lease, embedding }: Played,
  query: string,
  signal: AbortSignal,
): Promise<string[]> {
  const onEvent = () => undefined;
  const context = await contextWithMemories(
    { store, memories, lease, onEvent, ...(embedding && { embedding }) },
    key,
    { tokenBudget: CONTEXT_TOKENS, query, memoryShare: DEFAULT_MEMORY_SHARE, isFramed: false, signal },
  );
  return [...context.messages.map(({ id }) => id), ...sourcesOf(context.memories)];
}

/** The messages that memories came from. */
function sourcesOf(memories: readonly Pick<Memory, 'by'>[]): string[] {
  return memories.flatMap(({ by }) => (by.kind === 'archive' ? [by.messageId] : []));
}
