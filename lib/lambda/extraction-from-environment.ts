import path from 'node:path';
import { z } from 'zod';
import { builtInExtraction, type ExtractionSettings, readExtractionFile } from '../extraction/index.ts';

/** The environment variables that say what is to be extracted. */
export const extractionEnvironment = {
  /** A file beside the function's code: it may be larger than all variables together, which is 4 KB. */
  EXTRACTION_FILE: z.string().min(1).optional(),
  /** Where Lambda has unpacked the code. */
  LAMBDA_TASK_ROOT: z.string().optional(),
};

type ExtractionEnvironment = z.output<z.ZodObject<typeof extractionEnvironment>>;

/**
 * What the deployment wants to be extracted, once, when the function starts.
 *
 * @throws ExtractionFileError when the file that was deployed cannot be used.
 */
export function extractionFromEnvironment({
  EXTRACTION_FILE: file,
  LAMBDA_TASK_ROOT: folder = '',
}: ExtractionEnvironment): ExtractionSettings {
  return file === undefined ? builtInExtraction : readExtractionFile(path.resolve(folder, file));
}
