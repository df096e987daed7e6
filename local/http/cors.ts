import type { IncomingMessage } from 'node:http';

/** The CORS configuration of an HTTP API, as the template has it. */
export interface Cors {
  readonly AllowOrigins?: readonly string[];
  readonly AllowMethods?: readonly string[];
  readonly AllowHeaders?: readonly string[];
  readonly ExposeHeaders?: readonly string[];
  readonly MaxAge?: number;
}

/** The headers that let a page of an allowed origin read the answer; none for any other origin. */
export function corsHeaders(cors: Cors, { headers, method }: IncomingMessage): Record<string, string> {
  const { origin } = headers;
  const allowed = cors.AllowOrigins ?? [];
  if (origin === undefined || !(allowed.includes(origin) || allowed.includes('*'))) return {};
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
    }),
  };
}
