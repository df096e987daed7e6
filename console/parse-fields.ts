import type { z } from 'zod';
import { InputError } from './errors.ts';

/** The fields of an address or a form, as a schema wants them. @throws InputError naming each that is wrong. */
export function parseFields<Schema extends z.ZodType>(
  schema: Schema,
  fields: URLSearchParams,
): z.output<Schema> {
  const parsed = schema.safeParse(Object.fromEntries(fields));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = path.join('.');
    const given = fields.get(name);
    return given === null
      ? `${name} is missing`
      : `${name} is ‘${given.slice(0, 200)}’, which is wrong: ${message}`;
  });
  throw new InputError(`${problems.join('; ')}. Correct it, and try again.`);
}
