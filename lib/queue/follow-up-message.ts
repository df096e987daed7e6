import { z } from 'zod';
import { nameSchema } from '../session/index.ts';
import { traceparentSchema } from '../trace/index.ts';

/**
 * Which extraction, and how far it goes: `find` keeps what the model says, to be looked at; `merge` lets what was found
 * take the place of what the archive said before. The model is asked once for each id.
 */
const extractionAgainSchema = z.strictObject({
  id: nameSchema,
  mode: z.enum(['find', 'merge', 'find-and-merge']),
});

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
