import { z } from 'zod';

/**
 * A number of a query as JSON has it: an address has it as text.
 *
 * @throws RangeError for a schema that does not say so of itself.
 */
export function numberOf<Out extends number>(schema: z.ZodType<Out>): z.ZodType<Out> {
  const { documentedAs, description = '' } = schema.meta() ?? {};
  if (!(documentedAs instanceof z.ZodType)) throw new RangeError('The schema has no form for JSON.');
  return documentedAs.describe(description) as z.ZodType<Out>;
}
