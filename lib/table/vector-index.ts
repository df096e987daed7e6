import type { SessionKey } from '../session/index.ts';
import { type ItemKey, partitions, sessionItemKey, sortKeys } from './keys.ts';

const vectorAttributes = { embedder: 'embeddedBy', partition: 'vectorsIn' } as const;

/**
 * The index by which items are found by meaning: one for each number of dimensions, because an index has only vectors of
 * one length. An item is in it while it has the vector and the partition. Only keys are projected.
 */
export const vectorIndex = (dimensions: number) => ({
  name: `by-meaning-${dimensions}`,
  /** Has the vector: a list of numbers. */
  attribute: `vector${dimensions}`,
  partition: vectorAttributes.partition,
  dimensions,
});

/**
 * The part of the index that holds the vectors of one embedder in one partition of the table: no search can leave it. It
 * begins with the embedder, so that vectors of two models never meet.
 */
export const vectorPartition = (embedder: string, pk: string) => `${embedder}#${pk}`;

/** What an item has beside what it says, to be found by meaning. */
export const embeddedAttributes = (
  { id, dimensions }: { readonly id: string; readonly dimensions: number },
  pk: string,
  vector: readonly number[],
) => ({
  [vectorAttributes.embedder]: id,
  [vectorAttributes.partition]: vectorPartition(id, pk),
  [vectorIndex(dimensions).attribute]: [...vector],
});

/** The vector of one archived message, and nothing of what it says. */
export const toEmbeddingItem = (
  key: SessionKey,
  archive: number,
  { position, index, vector }: { position: number; index: number; vector: readonly number[] },
  embedder: { readonly id: string; readonly dimensions: number },
): ItemKey & Readonly<Record<string, unknown>> => ({
  ...sessionItemKey(key, sortKeys.embedding(archive, position, index)),
  ...embeddedAttributes(embedder, partitions.session(key), vector),
});

/** The index as `CreateTable` wants it. */
export function vectorIndexDefinition(dimensions: number) {
  const { name, attribute, partition } = vectorIndex(dimensions);
  return {
    IndexName: name,
    VectorAttribute: { AttributeName: attribute },
    Dimensions: dimensions,
    DistanceFunction: 'COSINE' as const,
    SearchSchema: [{ AttributeName: partition, SearchSchemaElementType: 'HASH' as const }],
    Projection: { ProjectionType: 'KEYS_ONLY' as const },
  };
}
