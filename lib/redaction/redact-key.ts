import { memoryKey } from '../memory/index.ts';
import { type KnownSecret, redact } from './redact.ts';

/** No word of a language has letters and digits in so long a row; what is hexadecimal may be a hash that names a thing. */
const MIN_RANDOM = 16;

/**
 * A memory's key without the secrets among its words. A key is in lower case and has neither spaces nor signs, so known
 * secrets are looked for as a key would say them, and any long word of letters and digits is taken for one.
 */
export function redactKey(
  key: string,
  known: readonly KnownSecret[],
): { readonly key: string; readonly count: number } {
  const words = key.split('-');
  const random = words.filter(isRandom).map((value) => ({ kind: 'api-key' as const, value }));
  const asKeys = known.flatMap(({ kind, value }) => {
    const said = memoryKey(value)?.replaceAll('-', ' ');
    return said === undefined ? [] : [{ kind, value: said }];
  });
  const { text, count } = redact(words.join(' '), [...asKeys, ...random]);
  return { key: count === 0 ? key : (memoryKey(text) ?? 'redacted'), count };
}

function isRandom(word: string): boolean {
  return word.length >= MIN_RANDOM && /[0-9]/.test(word) && /[g-z]/.test(word) && /^[a-z0-9]+$/.test(word);
}
