import { formsOf } from './forms-of.ts';
import { namesIn } from './names-in.ts';

/** In UTF-16 code units: 2 to 70 ms of work, by script. */
const MAX_LENGTH = 100_000;

/**
 * The words of a text in any script, in their order, each as often as it is there: in small letters and one form of
 * Unicode (NFKC), well-formed, at most 64 UTF-16 code units each. A name made of several words is there as a whole and in
 * parts. Signs and emoji are no words.
 *
 * @param maxLength how much of the text is looked at, in UTF-16 code units: of a longer one, the beginning and the end
 *   in equal shares. Default 100 000.
 */
export function wordsOf(text: string, maxLength = MAX_LENGTH): string[] {
  const formsByName = new Map<string, string[]>();
  return namesWithin(text, maxLength).flatMap((name) => {
    const forms = formsByName.get(name) ?? formsOf(name);
    formsByName.set(name, forms);
    return forms;
  });
}

/** Without the two words that the cuts may have gone through. */
function namesWithin(text: string, maxLength: number): string[] {
  if (text.length <= maxLength) return namesIn(text);
  const half = Math.floor(maxLength / 2);
  const start = namesIn(text.slice(0, half));
  const end = namesIn(text.slice(text.length - half));
  return [...start.slice(0, -1), ...end.slice(1)];
}
