import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { operationOf } from '../api/index.ts';
import { nameSchema } from '../session/index.ts';
import type { UnitOfRun } from './observed.ts';

/** A request of the HTTP API as a unit of work, in the trace that its header `traceparent` names, or in a new one. */
export function requestUnit(event: APIGatewayProxyEventV2): UnitOfRun {
  return {
    ids: idsIn(event),
    traceparent: event.headers['traceparent'],
    span: { name: `api.${operationOf(event.routeKey) ?? 'unknown'}`, kind: 'request' },
  };
}

/** The tenant is not known before the caller's identity is. */
function idsIn({ pathParameters = {} }: APIGatewayProxyEventV2) {
  const session = nameSchema.safeParse(pathParameters['sessionId']);
  const commitId = nameSchema.safeParse(pathParameters['commitId']);
  return {
    ...(session.success && { session: session.data }),
    ...(commitId.success && { commitId: commitId.data }),
  };
}
