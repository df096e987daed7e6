export { builtInExtraction } from './built-in-extraction.ts';
export { ExtractionFileError } from './errors.ts';
export type { ExtractionSettings } from './extraction-settings.ts';
export { readExtractionFile } from './read-extraction-file.ts';
export { wantedCategories } from './wanted-categories.ts';
