import { z } from 'zod';
import { nameSchema } from '../session/index.ts';
import { traceparentSchema } from '../trace/index.ts';

/** Which extraction: the model is asked once for each id. A dry run only shows what it would change. */
const extractionAgainSchema = z.strictObject({ id: nameSchema, isDryRun: z.boolean() });

/** Asks for the summary and the memories of one archive; or, of one that has them, to extract its memories once more. */
export const followUpMessageSchema = z.strictObject({
  tenant: nameSchema,
  session: nameSchema,
  archive: z.int().min(1),
  commitId: nameSchema,
  again: extractionAgainSchema.optional(),
  /** In the body, so that a replay goes on with the trace of the commit. */
  traceparent: traceparentSchema.optional(),
});
export type FollowUpMessage = z.infer<typeof followUpMessageSchema>;
