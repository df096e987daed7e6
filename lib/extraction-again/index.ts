export type { Difference, Said } from './difference-of.ts';
export { type ExtractionState, readExtraction } from './read-extraction.ts';
export {
  type ExtractionRequestContext,
  type RequestedExtraction,
  requestExtraction,
} from './request-extraction.ts';
