export { type LocalStack, type LocalStackOptions, startLocalStack } from './start-local-stack.ts';
