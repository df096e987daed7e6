import { z } from 'zod';

/** Our own operation, beside those of EventBridge: its answer has an event a line, and does not end. */
export const FOLLOW_EVENTS = 'Commitlane.FollowEvents';

/** The content type of its answer, by which it is told from that of another server. */
export const EVENT_LINES = 'application/x-ndjson';

const place = z.union([z.enum(['start', 'now']), z.strictObject({ after: z.string() })]);

/**
 * Where a follower begins: with the events that are still kept, with those behind the one whose `detail.id` this is, or
 * with what is put from now on. One that is not kept any more is taken for older than all.
 */
export type FeedPlace = z.output<typeof place>;

export const followRequestSchema = z.strictObject({ from: place.default('now') });
