import { z } from 'zod';
import { ParameterError } from './parameter-store.ts';

/** The index of the next page's first. */
const tokenSchema = z
  .string()
  .regex(/^[0-9]{1,9}$/)
  .transform(Number);

/**
 * A page of an answer of SSM: the entries as `show` shows them, in the field of that name, and the `NextToken` of the
 * page after it, if there is one.
 *
 * @throws ParameterError for a token that no page gave.
 */
export function pageOf<T>(
  all: readonly T[],
  size: number,
  token: string | undefined,
  field: string,
  show: (one: T) => unknown,
) {
  const start = startOf(token);
  const end = start + size;
  return {
    [field]: all.slice(start, end).map(show),
    ...(end < all.length && { NextToken: String(end) }),
  };
}

function startOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const parsed = tokenSchema.safeParse(token);
  if (parsed.success) return parsed.data;
  throw new ParameterError('InvalidNextToken', `There is no page '${token}'; start from the first.`);
}
