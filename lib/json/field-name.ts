import { abridged } from '../text/abridged.ts';

/** So much of a key, and of a whole name, is shown: a sender chooses them, and they can be as long as a body. */
const MAX_KEY_CHARACTERS = 40;
const MAX_NAME_CHARACTERS = 100;

const PLAIN_KEY = /^[A-Za-z_$][\w$-]{0,39}$/;

/**
 * The name of a field as people write it, such as `messages[0].metadata.colour`; a key that is no plain word is in
 * quotes, `metadata["two words"]`. Empty for an empty path, and at most 100 characters long.
 */
export function fieldName(path: readonly PropertyKey[]): string {
  const name = path.reduce<string>((before, part) => {
    if (typeof part === 'number') return `${before}[${part}]`;
    const key = String(part);
    if (!PLAIN_KEY.test(key)) return `${before}[${quoted(key)}]`;
    return before === '' ? key : `${before}.${key}`;
  }, '');
  return abridged(name, MAX_NAME_CHARACTERS);
}

/** Control characters are escaped, those beyond ASCII too: names are shown on terminals. */
function quoted(key: string): string {
  return JSON.stringify(abridged(key, MAX_KEY_CHARACTERS)).replace(
    /[\u007f-\u009f]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
}
