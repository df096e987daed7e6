export { changeLimits } from './change-limits.ts';
export { type LimitChange, planChange } from './plan-change.ts';
export { planRollback, type Rollback } from './plan-rollback.ts';
export { type LimitVersion, readHistory } from './read-history.ts';
export { type LimitDocument, readLimits, type StackLimits } from './read-limits.ts';
export { storedLimits } from './stored-limits.ts';
