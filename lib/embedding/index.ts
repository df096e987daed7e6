export { embeddable } from './embeddable.ts';
export type { Embedder, EmbeddingPurpose, Vector } from './embedder.ts';
export { embedderFrom } from './embedder-from.ts';
export { DEFAULT_DIMENSIONS, MAX_DIMENSIONS, parseEmbeddingSetting } from './embedding-setting.ts';
export { EmbeddingRefusedError, EmbeddingUnavailableError } from './errors.ts';
export {
  type Embedding,
  type MessagePlace,
  NEIGHBOURS_PER_REQUEST,
  VECTORS_PER_REQUEST,
  type VectorStore,
} from './vector-store.ts';
export { withRedactedTexts } from './with-redacted-texts.ts';
