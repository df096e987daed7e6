import { conversationContext } from '../lib/context/index.ts';
import { type MemoryHit, type MessageHit, searchMemories, searchSession } from '../lib/search/index.ts';
import { estimateMessageTokens } from '../lib/tokens/index.ts';
import type { Played } from './play.ts';

/** So many hits are looked at for each question. */
const MAX_HITS = 20;
/** So many are what an answer is made of. */
const HITS_OF_ANSWER = 10;
const CONTEXT_TOKENS = 2_000;
/** How slowly a place in a ranking loses worth when two are joined (Cormack et al., Reciprocal Rank Fusion, 2009). */
const FUSION = 60;

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

/** Asks the real search. */
export async function ask(
  { store, memories, key, scope, lease }: Played,
  query: string,
  signal: AbortSignal,
): Promise<Found> {
  const options = { query, limit: MAX_HITS, signal };
  const { hits } = await searchSession({ store, key, patience: lease }, options);
  const remembered = (await searchMemories(memories, scope, { ...options, clock: lease.clock })).hits;
  const sources = remembered.flatMap(({ memory: { by } }) => (by.kind === 'archive' ? [by.messageId] : []));
  const found = hits.map(({ message }) => message.id);
  const tokens = hits
    .slice(0, HITS_OF_ANSWER)
    .reduce((sum, { message }) => sum + estimateMessageTokens({ content: message.content }), 0);
  return { messages: found, either: fused(found, sources), tokens, hits, memories: remembered };
}

/** The messages that the context within 2 000 tokens holds, whatever is asked. */
export async function idsInContext({ store, key, lease }: Played): Promise<string[]> {
  const { messages } = await conversationContext(store, key, CONTEXT_TOKENS, lease);
  return messages.map(({ id }) => id);
}

function fused(...rankings: readonly (readonly string[])[]): string[] {
  const worth = new Map<string, number>();
  for (const ranking of rankings) {
    for (const [index, id] of [...new Set(ranking)].entries()) {
      worth.set(id, (worth.get(id) ?? 0) + 1 / (FUSION + index + 1));
    }
  }
  return [...worth].sort((a, b) => b[1] - a[1]).map(([id]) => id);
}
