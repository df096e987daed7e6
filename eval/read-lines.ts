import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { InvalidFileError } from './invalid-file-error.ts';

/**
 * The JSON objects of a file, one a line; blank lines are none.
 *
 * @throws InvalidFileError naming the line, and what was expected.
 */
export async function readLines<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new InvalidFileError(path, `it cannot be read (${String(cause)}). Name a file of JSON lines.`, {
      cause,
    });
  });
  const parsed = text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const { data, error } = schema.safeParse(parseJson(line));
    if (error) throw new InvalidFileError(path, `line ${index + 1}: ${z.prettifyError(error)}`);
    return [data];
  });
  if (parsed.length > 0) return parsed;
  throw new InvalidFileError(path, 'it is empty. It must have one JSON object a line.');
}

/** @returns undefined, which no schema takes, for what is no JSON. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
