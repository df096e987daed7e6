import type { z } from 'zod';
import { type FieldProblem, InvalidInputError, MalformedJsonError } from './errors.ts';

/**
 * Checks a part of a request against what the operation takes.
 *
 * @param where names the part in messages about the whole of it: `body`, `query`, `path`, `headers`.
 * @throws InvalidInputError naming each field that is wrong and its bound.
 */
export function parseInput<Schema extends z.ZodType>(
  where: string,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidInputError(
    parsed.error.issues.map(
      ({ path, message }): FieldProblem => ({ field: path.length > 0 ? fieldName(path) : where, message }),
    ),
  );
}

/** @throws MalformedJsonError; an absent or empty body is an empty object. */
export function parseJson(body: string | undefined): unknown {
  if (body === undefined || body.trim() === '') return {};
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new MalformedJsonError(error);
  }
}

function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`;
    return name === '' ? String(part) : `${name}.${String(part)}`;
  }, '');
}
