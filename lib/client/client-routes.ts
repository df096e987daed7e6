// Past the index, which would bring the whole server side into a browser's bundle.
import { routes } from '../api/routes.ts';

/** What the client calls: the operations of the API, and the stream that only local stacks have. */
export const clientRoutes = {
  ...routes,
  events: { method: 'GET', path: `${routes.getSession.path}/events` },
} as const;

export type ClientOperation = keyof typeof clientRoutes;
