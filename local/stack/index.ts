export type { LocalStack } from './local-stack.ts';
export type { EmbeddingServer, LocalStackOptions, ModelServer } from './stack-options.ts';
export { startLocalStack } from './start-local-stack.ts';
