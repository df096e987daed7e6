export { applyExtraction } from './apply-extraction.ts';
export { archiveNumbers } from './archive-numbers.ts';
export { findExtraction } from './find-extraction.ts';
export { ExtractionTimeoutError } from './follow-extraction.ts';
