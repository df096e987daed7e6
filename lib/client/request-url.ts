import type { ApiRequest } from './api-request.ts';
import { clientRoutes } from './client-routes.ts';
import { CommitlaneUsageError } from './errors.ts';

/** @throws CommitlaneUsageError for a path parameter that an address cannot carry. */
export function requestUrl(baseUrl: string, request: ApiRequest): string {
  const path = clientRoutes[request.operation].path.replace(/\{(\w+)\}/g, (_, name: string) =>
    pathSegment(name, request.pathParameters[name]),
  );
  const query = Object.entries(request.query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return `${baseUrl}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

function pathSegment(name: string, value: string | undefined): string {
  // `.` and `..` are taken out of addresses, even when they are percent-encoded: the call would go elsewhere.
  if (!value || value === '.' || value === '..') {
    throw new CommitlaneUsageError(`${name} must be a name other than "." and "..", not "${value ?? ''}".`);
  }
  return encodeURIComponent(value);
}
