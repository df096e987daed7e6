import { z } from 'zod';
import { nameSchema } from '../session/index.ts';
import { traceparentSchema } from '../trace/index.ts';

/** Asks for the summary and the memories of one archive. */
export const followUpMessageSchema = z.strictObject({
  tenant: nameSchema,
  session: nameSchema,
  archive: z.int().min(1),
  commitId: nameSchema,
  /** In the body, so that a replay goes on with the trace of the commit. */
  traceparent: traceparentSchema.optional(),
});
export type FollowUpMessage = z.infer<typeof followUpMessageSchema>;
