import { InvalidArgumentError } from '@commander-js/extra-typings';
import { commitReasonSchema } from '../../lib/session/index.ts';
import { isUtf8Argument } from './is-utf8-argument.ts';

/** Why a commit is asked for. */
export function parseReason(text: string): string {
  if (!isUtf8Argument(text)) throw new InvalidArgumentError('It is not UTF-8 text.');
  const parsed = commitReasonSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`It must be ${parsed.error.issues[0]?.message ?? 'a text'}.`);
}
