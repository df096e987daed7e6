export type { ExtractionRequest, Model, SummaryRequest } from './model.ts';
