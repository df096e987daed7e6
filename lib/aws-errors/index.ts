export { isRefusedForGood, retryOf } from './retry-of.ts';
