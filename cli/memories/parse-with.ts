import { InvalidArgumentError } from '@commander-js/extra-typings';
import type { z } from 'zod';

/** A parser of an argument that says what the schema wants. */
export function parseWith<Schema extends z.ZodType>(schema: Schema) {
  return (text: string): z.output<Schema> => {
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    const [problem = 'something else'] = parsed.error.issues.map(({ message }) => message);
    throw new InvalidArgumentError(
      problem.startsWith('must be ') ? `It ${problem}.` : `It must be ${problem}.`,
    );
  };
}
