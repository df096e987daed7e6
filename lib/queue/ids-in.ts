import { z } from 'zod';
import { nameSchema } from '../session/index.ts';
import { traceparentSchema } from '../trace/index.ts';
import { InvalidMessageError } from './errors.ts';
import { parseBody } from './parse-body.ts';

/** Each by itself: a body that its consumer refuses may still say whose it is. */
const idsSchema = z.object({
  tenant: nameSchema.optional().catch(undefined),
  session: nameSchema.optional().catch(undefined),
  commitId: nameSchema.optional().catch(undefined),
  archive: z.int().min(1).optional().catch(undefined),
  traceparent: traceparentSchema.optional().catch(undefined),
});

/** The ids that a message's body says, each absent unless it is one; whatever else the body is. */
export function idsIn(body: string): z.output<typeof idsSchema> {
  try {
    return parseBody(idsSchema, body);
  } catch (error) {
    if (error instanceof InvalidMessageError) return {};
    throw error;
  }
}
