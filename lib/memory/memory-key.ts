import { z } from 'zod';

/** In code points; at most 400 bytes, so that a sort key has room for it. */
const MAX_LENGTH = 100;
const WORD = String.raw`[\p{L}\p{N}][\p{L}\p{M}\p{N}]*\+{0,3}`;
const KEY = new RegExp(`^${WORD}(?:-${WORD})*$`, 'u');
const OTHERS = /[^\p{L}\p{M}\p{N}+]+/gu;

/**
 * Names the subject of a memory: words of any script in lower case, joined by hyphens. Letters keep their marks, so Ana
 * and Aña are two people; `C++` is `c++`, and `C#` is `c-sharp`.
 */
export const memoryKeySchema = z
  .string()
  .refine(
    (key) => memoryKey(key) === key,
    'must be words in lower case, of letters and digits of any script, joined by hyphens; at most 100 characters',
  );

/**
 * The key that some words make, whatever their case, their spaces and their form in Unicode (NFKC); the key of a key is
 * the key itself.
 *
 * @returns undefined when no letter and no digit is among them.
 */
export function memoryKey(words: string): string | undefined {
  const plain = words
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/(?<=\p{L})#/gu, '-sharp-')
    .replace(/['’]/g, '')
    .replace(OTHERS, '-');
  const key = cut(plain.split('-').map(asWord).filter(Boolean).join('-'));
  return KEY.test(key) ? key : undefined;
}

/** Marks and signs of their own say nothing; three signs are enough for every name. */
function asWord(run: string): string {
  return run
    .replace(/\+(?=[^+])/g, '-')
    .split('-')
    .map((part) => part.replace(/^[\p{M}+]+/u, '').replace(/\+{4,}/, '+++'))
    .filter(Boolean)
    .join('-');
}

function cut(key: string): string {
  const points = [...key];
  if (points.length <= MAX_LENGTH) return key;
  const head = points.slice(0, MAX_LENGTH).join('');
  const end = head.lastIndexOf('-');
  return end > 0 ? head.slice(0, end) : head;
}
