import type { z } from 'zod';
import { InvalidMessageError } from './errors.ts';

/**
 * The body of a message, checked against what its consumer expects.
 *
 * @throws InvalidMessageError naming each field that is wrong.
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: string): z.output<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    // Not the parser's own words: they quote the body.
    throw new InvalidMessageError('it is not JSON', { cause: error });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new InvalidMessageError(problems.join('; '));
}
