import type { IncomingMessage } from 'node:http';
import { isLoopbackOrigin } from '../../lib/endpoint/index.ts';

/** The CORS configuration of an HTTP API, as the template has it. */
export interface Cors {
  readonly AllowOrigins?: readonly string[];
  readonly AllowMethods?: readonly string[];
  readonly AllowHeaders?: readonly string[];
  readonly ExposeHeaders?: readonly string[];
  readonly MaxAge?: number;
}

/**
 * The headers that let a page of an allowed origin read the answer; none for any other origin. Pages of this machine are
 * allowed, whichever port they come from: that is where frontends are developed.
 *
 * @param origins allowed besides those of the template.
 */
export function corsHeaders(
  cors: Cors,
  origins: readonly string[],
  { headers, method }: IncomingMessage,
): Record<string, string> {
  const { origin } = headers;
  const allowed = [...(cors.AllowOrigins ?? []), ...origins];
  if (origin === undefined || !isAllowed(origin, allowed)) return {};
  const list = (name: string, values: readonly string[] | undefined) =>
    values && values.length > 0 ? { [name]: values.join(',') } : {};
  return {
    'access-control-allow-origin': allowed.includes('*') ? '*' : origin,
    vary: 'origin',
    ...list('access-control-expose-headers', cors.ExposeHeaders),
    ...(method === 'OPTIONS' && {
      ...list('access-control-allow-methods', cors.AllowMethods),
      ...list('access-control-allow-headers', cors.AllowHeaders),
      ...(cors.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
      // A browser asks that of a server of this machine, for a page of another one.
      ...(headers['access-control-request-private-network'] === 'true' && {
        'access-control-allow-private-network': 'true',
      }),
    }),
  };
}

function isAllowed(origin: string, allowed: readonly string[]): boolean {
  return allowed.includes(origin) || allowed.includes('*') || isLoopbackOrigin(origin);
}
