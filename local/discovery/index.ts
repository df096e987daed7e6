export { discoveryFile } from './discovery-document.ts';
export { type FoundStack, findStacks } from './find-stack.ts';
export { isRunning } from './is-running.ts';
export { publishStack } from './publish-stack.ts';
