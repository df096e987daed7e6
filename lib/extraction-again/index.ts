export type { Difference } from './difference-of.ts';
export { type ExtractionState, readExtraction } from './read-extraction.ts';
export { type RequestedExtraction, requestExtraction } from './request-extraction.ts';
