export { deployedTarget } from './deployed-target.ts';
export { findLocalStack } from './find-local-stack.ts';
export { localTarget } from './local-target.ts';
export { meaningOn } from './meaning-on.ts';
export { deploymentOf, parseOutputs } from './outputs.ts';
export { makeTarget, type Target } from './target.ts';
export type { Progress, Work } from './work.ts';
