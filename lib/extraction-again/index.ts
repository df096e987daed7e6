export { type ExtractionState, readExtraction } from './read-extraction.ts';
export { requestExtraction } from './request-extraction.ts';
