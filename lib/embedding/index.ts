export type { Embedder, EmbeddingPurpose, Vector } from './embedder.ts';
export { EmbeddingRefusedError, EmbeddingUnavailableError } from './errors.ts';
export {
  type Embedding,
  type MessagePlace,
  NEIGHBOURS_PER_REQUEST,
  VECTORS_PER_REQUEST,
  type VectorStore,
} from './vector-store.ts';
