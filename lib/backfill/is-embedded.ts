import type { FollowUpProgress } from '../archive/index.ts';
import type { Embedder } from '../embedding/index.ts';

/** Whether all messages of an archive have a vector of this embedder. */
export function isEmbedded(
  { followUp: { embedding } }: { readonly followUp: Pick<FollowUpProgress, 'embedding'> },
  { id }: Pick<Embedder, 'id'>,
): boolean {
  return embedding?.outcome === 'done' && embedding.by === id;
}
