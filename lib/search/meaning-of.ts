import type { Embedding } from '../embedding/index.ts';
import type { Meaning } from './near-by-meaning.ts';

/** How a deployment finds by meaning; undefined where it has no embedder. */
export function meaningOf({
  embedding,
  lease: patience,
  onEvent,
}: {
  readonly embedding?: Embedding;
  readonly lease: Meaning['patience'];
  readonly onEvent: Meaning['onEvent'];
}): Meaning | undefined {
  return embedding && { embedding, patience, onEvent };
}
