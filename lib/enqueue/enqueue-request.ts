import { z } from 'zod';
import { keepRecentSchema, nameSchema } from '../session/index.ts';
import { traceparentSchema } from '../trace/index.ts';

/** Which session a back end wants to be committed, and how much of it. */
export interface EnqueueRequest {
  /** The tenant of the session. Whoever may send to the queue is trusted with it: no token is looked at. */
  readonly tenant: string;
  /** The session's id. If there is no such session when the commit runs, nothing happens. */
  readonly session: string;
  /** Take nothing behind this position, such as the `position` that an append answered. Default: all that is live when the commit runs. */
  readonly through?: number | undefined;
  /** Leave at least this many messages live: 0 to 1000, default 0. */
  readonly keepRecent?: number | undefined;
  /**
   * Requests of one session with the same key are one commit, as long as its status is kept (30 days), whether they come
   * by the queue or by the API.
   */
  readonly idempotencyKey?: string | undefined;
  /** The trace that the commit continues, in the W3C's format. */
  readonly traceparent?: string | undefined;
}

export const enqueueRequestSchema = z.strictObject({
  tenant: nameSchema,
  session: nameSchema,
  through: z.int().min(0).optional(),
  keepRecent: keepRecentSchema.optional(),
  idempotencyKey: nameSchema.optional(),
  traceparent: traceparentSchema.optional(),
}) satisfies z.ZodType<EnqueueRequest>;
