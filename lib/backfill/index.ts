export type { BackfillContext } from './backfill-context.ts';
export { type BackfillEstimate, estimateBackfill } from './estimate-backfill.ts';
export { type BackfillPlan, planBackfill } from './plan-backfill.ts';
export { type BackfillProgress, type BackfillResult, runBackfill } from './run-backfill.ts';
export { LIST_PRICE } from './write-units.ts';
