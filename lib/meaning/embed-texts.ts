import { untilAborted } from '../clock/index.ts';
import { type Embedder, EmbeddingRefusedError, type Vector } from '../embedding/index.ts';

/**
 * One vector for each text, in their order, and no longer waited for than until the signal aborts.
 *
 * @throws EmbeddingUnavailableError; EmbeddingRefusedError, also when there are fewer or more vectors than texts; the signal's reason.
 */
export async function embedTexts(
  embedder: Embedder,
  texts: readonly string[],
  options: Parameters<Embedder['embed']>[1],
): Promise<readonly Vector[]> {
  options.signal.throwIfAborted();
  const vectors = await untilAborted(embedder.embed(texts, options), options.signal);
  if (vectors.length === texts.length) return vectors;
  throw new EmbeddingRefusedError(
    `The embedding model gave ${vectors.length} vectors for ${texts.length} texts; it must give one for each.`,
  );
}
