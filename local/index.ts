export { type LocalStack, type LocalStackOptions, startLocalStack } from './start-local-stack.ts';
export { startWithLeaseStore } from './start-with-lease-store.ts';
export { startWithModel } from './start-with-model.ts';
