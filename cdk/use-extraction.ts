import type { ExtractionSetting } from './extraction-setting.ts';

const FILE = 'extraction.json';

/** What a deployment wants to be extracted, as a function uses it: the file is a part of its code. */
export function useExtraction(setting: ExtractionSetting | undefined) {
  return {
    /** What the function is told: which file of its code it is. */
    environment: { ...(setting && { EXTRACTION_FILE: FILE }) },
    /** What is put beside the function's bundle, by name. */
    files: { ...(setting && { [FILE]: setting.file }) },
  };
}
