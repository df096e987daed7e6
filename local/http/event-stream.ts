import type { Clock } from '../../lib/clock/index.ts';
import type { EventFeed } from '../emulators/index.ts';

/** What a route needs that streams events itself, in place of its function. */
export interface EventStream {
  /** Undefined where the buses are on another server: then there is nothing to stream. */
  readonly feed: Pick<EventFeed, 'follow'> | undefined;
  readonly clock: Clock;
}

/** The route whose function says whether there is such a session, for who asks. */
export const SESSION_ROUTE = 'GET /sessions/{sessionId}';
/** Where a reader goes on; pages must be allowed to send it. */
export const LAST_EVENT_ID = 'last-event-id';
