export { extractionPrompt } from './extraction.v2.ts';
export { mergeSummariesPrompt } from './merge-summaries.v1.ts';
export { repairPrompt } from './repair.v1.ts';
export { summaryPrompt } from './summary.v1.ts';
