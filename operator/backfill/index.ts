export { backfillSearch } from './backfill-search.ts';
export { type BackfillPlanDocument, planSearch } from './plan-search.ts';
export { type BackfillDocument, placeName } from './to-document.ts';
