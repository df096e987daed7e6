import { InvalidArgumentError } from '@commander-js/extra-typings';
import { isUtf8Argument } from './is-utf8-argument.ts';

/** As the API takes it. */
const MAX_LENGTH = 1_000;

/** What is searched for. */
export function parseQuery(text: string): string {
  if (!isUtf8Argument(text)) {
    throw new InvalidArgumentError('It contains U+FFFD, which stands for bytes that are not UTF-8.');
  }
  if (text.trim() !== '' && text.length <= MAX_LENGTH) return text;
  throw new InvalidArgumentError(`It must be a text of 1 to ${MAX_LENGTH} characters.`);
}
