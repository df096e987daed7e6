import { InvalidArgumentError } from '@commander-js/extra-typings';
import { memoryCategorySchema } from '../../lib/memory/index.ts';
import { isUtf8Argument } from '../command/is-utf8-argument.ts';

/** A place in a list of memories: `<category>#<key>`. */
export function parseAfter(text: string): string {
  const [category = '', ...key] = text.split('#');
  if (memoryCategorySchema.safeParse(category).success && key.length === 1 && isUtf8Argument(text))
    return text;
  throw new InvalidArgumentError('It must be <category>#<key>, as the end of a list says.');
}
