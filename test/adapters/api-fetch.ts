import { type ApiRequest, handleRequest, problemOf, routes } from '../../lib/api/index.ts';
import type { FakeClock } from '../support/fake-clock.ts';

type ApiContext = Parameters<typeof handleRequest>[0];

const patterns = Object.values(routes).map(({ method, path }) => ({
  method,
  route: `${method} ${path}`,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

/**
 * The real API in place of `fetch`: what is sent and answered goes through JSON, as it does on the wire.
 *
 * @param maxPage pages hold no more, whatever is asked for: a page may always hold fewer.
 */
export function apiFetch(
  api: ApiContext,
  {
    tenant,
    clock,
    maxPage,
  }: { readonly tenant: string; readonly clock: FakeClock; readonly maxPage: number },
): typeof fetch {
  return async (input, init) => {
    const url = new URL(String(input));
    const found = match(init?.method ?? 'GET', url.pathname);
    const query = Object.fromEntries(url.searchParams);
    const request: ApiRequest = {
      identity: { tenant, subject: 'ann' },
      path: found.path,
      query: isPaged(found.route) ? { ...query, limit: String(maxPage) } : query,
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: typeof init?.body === 'string' ? init.body : undefined,
      signal: new AbortController().signal,
    };
    const work = handleRequest(api, found.route, request).catch((error: unknown) => {
      const { view } = problemOf(error);
      return { status: view.status, body: view };
    });
    // An append may wait for an earlier one.
    const { status, body } = await clock.runUntil(work);
    const isProblem = status >= 400;
    return new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: { 'content-type': isProblem ? 'application/problem+json' : 'application/json' },
    });
  };
}

function match(method: string, pathname: string) {
  for (const { method: known, route, pattern } of patterns) {
    const found = method === known ? pattern.exec(pathname) : undefined;
    if (!found) continue;
    const path = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    return { route, path: Object.fromEntries(path) as Record<string, string> };
  }
  throw new Error(`${method} ${pathname} is no operation of the API`);
}

function isPaged(route: string): boolean {
  return route === 'GET /sessions/{sessionId}' || route.startsWith('GET /sessions/{sessionId}/archives');
}
