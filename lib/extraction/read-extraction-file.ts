import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { decodeUtf8, fieldName, readJson } from '../json/index.ts';
import { abridged } from '../text/index.ts';
import { ExtractionFileError } from './errors.ts';
import { extractionSchema } from './extraction-schema.ts';
import type { ExtractionSettings } from './extraction-settings.ts';

/** Twenty descriptions and the instructions take 30 KB in the scripts with the longest characters. */
const MAX_BYTES = 32 * 1024;
const MAX_PROBLEMS = 10;
const MAX_MESSAGE_CHARACTERS = 200;
/** 8 hexadecimal digits: an operator has tens of versions, not thousands. */
const HASH_DIGITS = 8;

/**
 * What a file of at most 32 KiB wants to be extracted, with its version.
 *
 * @param name what the file is called in messages.
 * @throws ExtractionFileError naming what is wrong: up to ten fields, each with what was expected.
 */
export function readExtractionFile(file: string, name = file): ExtractionSettings {
  const parsed = extractionSchema.safeParse(exactJson(name, textOf(file, name)));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({ field: fieldName(path), message }));
    throw new ExtractionFileError(name, `cannot be used: ${inWords(problems)}`);
  }
  const { categories, instructions, language, version: label } = parsed.data;
  const settings = {
    categories,
    ...(instructions !== undefined && { instructions }),
    ...(language !== undefined && { language }),
  };
  return { ...settings, version: [...(label === undefined ? [] : [label]), hashOf(settings)].join('.') };
}

function textOf(file: string, name: string): string {
  const text = decodeUtf8(bytesOf(file, name));
  if (text === undefined) throw new ExtractionFileError(name, 'is not UTF-8 text');
  return text;
}

function bytesOf(file: string, name: string): Uint8Array {
  try {
    const stats = statSync(file);
    if (!stats.isFile()) throw new ExtractionFileError(name, 'is not a file');
    if (stats.size > MAX_BYTES)
      throw new ExtractionFileError(name, `has ${stats.size} bytes; at most ${MAX_BYTES} are allowed`);
    return readFileSync(file);
  } catch (cause) {
    if (cause instanceof ExtractionFileError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new ExtractionFileError(
      name,
      code === 'ENOENT' ? 'does not exist' : `cannot be read: ${code ?? message}`,
      { cause },
    );
  }
}

function exactJson(name: string, text: string): unknown {
  const reading = readJson(text);
  if (reading.kind === 'malformed') throw new ExtractionFileError(name, `is not JSON: ${reading.reason}`);
  if (reading.kind === 'inexact')
    throw new ExtractionFileError(name, `cannot be used: ${inWords(reading.problems)}`);
  return reading.value;
}

function inWords(problems: readonly { readonly field: string; readonly message: string }[]): string {
  const shown = problems
    .slice(0, MAX_PROBLEMS)
    .map(({ field, message }) =>
      [field, abridged(message, MAX_MESSAGE_CHARACTERS)].filter(Boolean).join(': '),
    );
  const more = problems.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** Of what the model is told: how the file is laid out is of no account. */
function hashOf({ categories, instructions, language }: ExtractionSettings): string {
  const told = [
    categories.map(({ name, description }) => [name, description]),
    instructions ?? null,
    language ?? null,
  ];
  return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, HASH_DIGITS);
}
