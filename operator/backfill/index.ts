export { backfillSearch } from './backfill-search.ts';
export { type BackfillPlanDocument, planSearch } from './plan-search.ts';
export type { BackfillDocument } from './to-document.ts';
