export { changeLimits } from './change-limits.ts';
export { type LimitChange, planChange } from './plan-change.ts';
export { type LimitVersion, readHistory } from './read-history.ts';
export { type LimitDocument, readLimits, type StackLimits } from './read-limits.ts';
export { defaultOf, storedLimits } from './stored-limits.ts';
