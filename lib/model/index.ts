export type { ExtractionRequest, Model, SummaryRequest } from './model.ts';
export { offlineModel } from './offline/offline-model.ts';
