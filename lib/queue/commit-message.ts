import { z } from 'zod';
import { keepRecentSchema, nameSchema } from '../session/index.ts';
import { traceparentSchema } from '../trace/index.ts';

/** Asks for one commit. All that makes it idempotent is in the body: queues replace their own ids. */
export const commitMessageSchema = z.strictObject({
  tenant: nameSchema,
  session: nameSchema,
  commitId: nameSchema,
  /** The last position to seal; without it, what is live when the commit runs. */
  through: z.int().min(0).optional(),
  /** At least this many messages stay live. */
  keepRecent: keepRecentSchema.default(0),
  requestedAtMs: z.int().min(0),
  /** In the body, so that a replay goes on with the trace of the request. */
  traceparent: traceparentSchema.optional(),
});
export type CommitMessage = z.infer<typeof commitMessageSchema>;
