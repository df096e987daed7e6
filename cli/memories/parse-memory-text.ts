import { InvalidArgumentError } from '@commander-js/extra-typings';
import { memoryTextSchema } from '../../lib/memory/index.ts';
import { isUtf8Argument } from '../command/is-utf8-argument.ts';
import { parseWith } from './parse-with.ts';

const parse = parseWith(memoryTextSchema);

/** What a memory is to say. */
export function parseMemoryText(text: string): string {
  if (isUtf8Argument(text)) return parse(text);
  throw new InvalidArgumentError('It contains U+FFFD, which stands for bytes that are not UTF-8.');
}
