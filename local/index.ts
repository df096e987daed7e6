export {
  type EmbeddingServer,
  type LocalStack,
  type LocalStackOptions,
  type ModelServer,
  startLocalStack,
} from './stack/index.ts';
