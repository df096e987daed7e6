import path from 'node:path';
import { z } from 'zod';
import { ExtractionFileError, readExtractionFile } from '../lib/extraction/index.ts';

/** A file that says what is to be extracted, and has been read without a problem. */
export interface ExtractionSetting {
  /** Its absolute path. */
  readonly file: string;
  /** Of what it says. */
  readonly version: string;
}

/** The setting that names the file. */
export const extractionShape = {
  extraction: z.string().min(1, 'must be the path of a file').optional().meta({
    description: 'what memories are about: categories and instructions of your own',
    allowed: 'the path of a JSON file, from the folder of `cdk.json`',
    unlessGiven: 'six built-in categories',
  }),
};

/** The file that the setting names; what is wrong in it becomes an issue of the setting. */
export function extractionSetting(
  name: string | undefined,
  addIssue: (message: string) => void,
): ExtractionSetting | undefined {
  if (name === undefined) return undefined;
  // The CDK runs an app in the folder of cdk.json.
  const file = path.resolve(name);
  try {
    const { version = '' } = readExtractionFile(file, name);
    return { file, version };
  } catch (error) {
    if (!(error instanceof ExtractionFileError)) throw error;
    addIssue(`names a file that is wrong: ${error.message}`);
    return undefined;
  }
}
