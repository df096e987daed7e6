import type { ApiRoutes } from '../resources/read-routes.ts';
import { type EventStream, LAST_EVENT_ID, SESSION_ROUTE } from './event-stream.ts';

const EVENTS_ROUTE = `${SESSION_ROUTE}/events`;

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
