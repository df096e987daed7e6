import { type Embedding, VECTORS_PER_REQUEST } from '../embedding/index.ts';
import type { Memory, ScopeKey, Subject } from '../memory/index.ts';
import { embedTexts } from './embed-texts.ts';

/** So many memories are written at a time: each is one request. */
const AT_ONCE = 20;

type MemoryToEmbed = Subject & Required<Pick<Memory, 'text' | 'revision'>>;

/**
 * Embeds memories, in batches of at most 99, and writes their vectors beside them. One that was changed or has gone since it was
 * read gets none: whoever changed it sees to that.
 *
 * @returns how many have a vector now.
 * @throws EmbeddingUnavailableError, EmbeddingRefusedError, StoreUnavailableError, StoreRefusedError; the signal's reason. What was
 * written before stays.
 */
export async function embedMemories(
  { embedding, signal }: { readonly embedding: Embedding; readonly signal: AbortSignal },
  scope: ScopeKey,
  memories: readonly MemoryToEmbed[],
): Promise<number> {
  let written = 0;
  for (let start = 0; start < memories.length; start += VECTORS_PER_REQUEST) {
    const batch = memories.slice(start, start + VECTORS_PER_REQUEST);
    const vectors = await embedTexts(embedding.embedder, batch.map(textOf), { purpose: 'document', signal });
    for (let first = 0; first < batch.length; first += AT_ONCE) {
      signal.throwIfAborted();
      const some = batch.slice(first, first + AT_ONCE);
      const done = await Promise.all(
        some.map((memory, at) =>
          embedding.vectors.putMemoryVector(scope, memory, embedding.embedder, vectors[first + at] ?? []),
        ),
      );
      written += done.filter(Boolean).length;
    }
  }
  return written;
}

/** A person may enter `blue` as the text of `favourite-colour`. */
function textOf({ key, text }: MemoryToEmbed): string {
  return `${key.replaceAll('-', ' ')}: ${text}`;
}
