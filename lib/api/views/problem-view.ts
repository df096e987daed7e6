import { z } from 'zod';
import { text } from './fields.ts';

export const problemViewSchema = z
  .strictObject({
    type: text('`urn:commitlane:problem:` and the code.'),
    title: text('What kind of problem it is.'),
    status: z.int().min(400).max(599).describe('The status of the answer.'),
    code: text('Stable; safe to match on.'),
    detail: text('What was wrong, what was expected, and what to do.'),
    errors: z
      .array(
        z
          .strictObject({ field: text('The field at fault.'), message: text('What is wrong with it.') })
          .readonly(),
      )
      .max(10)
      .readonly()
      .exactOptional()
      .describe("The fields at fault, at most ten, for a 4xx about the request's content."),
  })
  .readonly()
  .meta({ id: 'ProblemView', description: 'A problem document (RFC 9457), shorter than 8 KB.' });

/** An error answer (RFC 9457, `application/problem+json`). */
export type ProblemView = z.output<typeof problemViewSchema>;
