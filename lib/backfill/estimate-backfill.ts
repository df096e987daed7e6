import { ArchiveCorruptError } from '../archive/index.ts';
import { embeddable, VECTORS_PER_REQUEST } from '../embedding/index.ts';
import { textToEmbed } from '../meaning/index.ts';
import type { Message, SessionKey } from '../session/index.ts';
import { readArchive } from '../session-log/index.ts';
import { estimateTokens } from '../tokens/index.ts';
import type { BackfillContext } from './backfill-context.ts';
import type { BackfillPlan } from './plan-backfill.ts';
import { LIST_PRICE, writeUnits } from './write-units.ts';

/** What a back-fill takes. Tokens, units and money are estimates. */
export interface BackfillEstimate {
  readonly sessions: number;
  readonly archives: number;
  readonly messages: number;
  readonly scopes: number;
  readonly memories: number;
  readonly tokens: number;
  /** Batches of 99 texts at most; a model that takes fewer at once is asked more often. */
  readonly requests: number;
  /** Units that are written to the table (W). */
  readonly writeUnits: number;
  /** For these units. What the model takes, and the vector index, comes on top. */
  readonly usd: number;
}

/** Tokens of messages are estimated by the first 330 KB, compressed, of so many archives. */
const SAMPLED_ARCHIVES = 20;

/**
 * Estimates what a plan takes, by a sample of the messages.
 *
 * @throws StoreUnavailableError, StoreRefusedError; the signal's reason.
 */
export async function estimateBackfill(
  context: BackfillContext,
  { sessions, scopes }: BackfillPlan,
): Promise<BackfillEstimate> {
  const archives = sessions.flatMap(({ key, archives: some }) => some.map((one) => ({ key, ...one })));
  const messages = sum(archives, (one) => one.messages);
  const memories = sum(scopes, (one) => one.memories);
  const transactions = sum(archives, (one) => batches(one.messages));
  const { dimensions } = context.embedding.embedder;
  const written = writeUnits({ messages, transactions, archives: archives.length, memories }, dimensions);
  const tokensPerMessage = await sampledTokens(context, archives);
  return {
    sessions: sessions.length,
    archives: archives.length,
    messages,
    scopes: scopes.length,
    memories,
    tokens: Math.round(messages * tokensPerMessage) + sum(scopes, (one) => one.tokens),
    requests: transactions + sum(scopes, (one) => batches(one.memories)),
    writeUnits: written,
    usd: (written * LIST_PRICE.usdPerMillionWrites) / 1_000_000,
  };
}

const batches = (texts: number) => Math.ceil(texts / VECTORS_PER_REQUEST);

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

/** Of what is sent of a message: nothing where it has no words. */
function tokensOf(message: Message): number {
  const text = textToEmbed(message);
  return text === undefined ? 0 : estimateTokens(embeddable(text));
}

/** How many tokens a message has that goes to the model, on average; one without words has none. */
async function sampledTokens(
  { store, signal }: BackfillContext,
  archives: readonly { readonly key: SessionKey; readonly archive: number }[],
): Promise<number> {
  const sampled = { messages: 0, tokens: 0 };
  for (const one of evenly(archives, SAMPLED_ARCHIVES)) {
    signal.throwIfAborted();
    const manifest = await store.readManifest(one.key, one.archive);
    if (!manifest) continue;
    const { archive, chunks } = manifest;
    try {
      for await (const { messages } of readArchive(store, one.key, { archive, chunks: chunks.slice(0, 1) })) {
        sampled.messages += messages.length;
        sampled.tokens += sum(messages, tokensOf);
      }
    } catch (error) {
      // It is reported when its turn comes.
      if (!(error instanceof ArchiveCorruptError)) throw error;
    }
  }
  return sampled.messages === 0 ? 0 : sampled.tokens / sampled.messages;
}

/** So many of the items, evenly spread; all where there are no more. */
function evenly<Item>(items: readonly Item[], wanted: number): Item[] {
  if (items.length <= wanted) return [...items];
  return items.filter((_, index) => (index * wanted) % items.length < wanted);
}
