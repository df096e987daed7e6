import { InvalidArgumentError } from '@commander-js/extra-typings';
import { memoryKey, memoryKeySchema, type Subject } from '../../lib/memory/index.ts';
import { isUtf8Argument } from '../command/is-utf8-argument.ts';
import { parseCategory } from './parse-category.ts';

/** A memory, as `<category>/<key>`; the key may be of letters of every script, in any form of Unicode. */
export function parseSubject(text: string): Subject {
  const slash = text.indexOf('/');
  if (slash < 0 || !isUtf8Argument(text)) {
    throw new InvalidArgumentError('It must be <category>/<key>, such as profile/home-city.');
  }
  const category = parseCategory(text.slice(0, slash));
  const key = text.slice(slash + 1).normalize('NFKC');
  if (memoryKeySchema.safeParse(key).success) return { category, key };
  const meant = memoryKey(key);
  throw new InvalidArgumentError(
    `A key is made of words in lower case, joined by hyphens${meant === undefined ? '' : `: is it ${category}/${meant}?`}`,
  );
}
