import { type Operation, routes } from './routes.ts';

const operations = new Map(
  Object.entries(routes).map(([name, { method, path }]) => [`${method} ${path}`, name as Operation]),
);

/** The operation of a route, as the gateway matched it, such as `PUT /sessions/{sessionId}`; undefined for no route of ours. */
export function operationOf(routeKey: string): Operation | undefined {
  return operations.get(routeKey);
}
