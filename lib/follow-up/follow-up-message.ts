import { z } from 'zod';
import { nameSchema } from '../session/index.ts';

/** Asks for the summary and the memories of one archive. */
export const followUpMessageSchema = z.strictObject({
  tenant: nameSchema,
  session: nameSchema,
  archive: z.int().min(1),
  commitId: nameSchema,
});
export type FollowUpMessage = z.infer<typeof followUpMessageSchema>;
