import type { Clock } from '../../lib/clock/index.ts';
import type { EventFeed } from '../emulators/index.ts';
import type { ApiRoutes } from '../resources/read-routes.ts';

/** What a route needs that streams events itself, in place of its function. */
export interface EventStream {
  /** Undefined where the buses are on another server: then there is nothing to stream. */
  readonly feed: Pick<EventFeed, 'follow'> | undefined;
  readonly clock: Clock;
}

/** The route whose function says whether there is such a session, for who asks. */
export const SESSION_ROUTE = 'GET /sessions/{sessionId}';
const EVENTS_ROUTE = `${SESSION_ROUTE}/events`;
/** Where a reader goes on; pages must be allowed to send it. */
export const LAST_EVENT_ID = 'last-event-id';

/**
 * Adds to an API the route that API Gateway cannot have, because it streams: the events of a session, for whom the
 * session's own route is open.
 */
export function withEventsRoute({ routes, cors }: ApiRoutes, stream: EventStream): ApiRoutes {
  const session = routes.find(({ routeKey }) => routeKey === SESSION_ROUTE);
  if (!session) return { routes, ...(cors && { cors }) };
  return {
    routes: [...routes, { routeKey: EVENTS_ROUTE, target: { ...session.target, stream } }],
    ...(cors && { cors: { ...cors, AllowHeaders: [...(cors.AllowHeaders ?? []), LAST_EVENT_ID] } }),
  };
}
