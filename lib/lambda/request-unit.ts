import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { operationOf } from '../api/index.ts';
import { nameSchema } from '../session/index.ts';
import { type HttpEvent, readHttpEvent } from './http-event.ts';
import type { UnitOfRun } from './observed.ts';

/** A request of the HTTP API as a unit of work, in the trace that its header `traceparent` names, or in a new one. */
export function requestUnit(event: APIGatewayProxyEventV2): UnitOfRun {
  const { routeKey, path, headers } = readHttpEvent(event);
  return {
    ids: idsIn(path),
    traceparent: headers['traceparent'],
    span: { name: `api.${operationOf(routeKey) ?? 'unknown'}`, kind: 'request' },
  };
}

/** The tenant is not known before the caller's identity is. */
function idsIn(path: HttpEvent['path']) {
  const session = nameSchema.safeParse(path['sessionId']);
  const commitId = nameSchema.safeParse(path['commitId']);
  return {
    ...(session.success && { session: session.data }),
    ...(commitId.success && { commitId: commitId.data }),
  };
}
