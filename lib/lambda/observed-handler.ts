import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { operationOf } from '../api/index.ts';
import type { Clock } from '../clock/index.ts';
import { nameSchema } from '../session/index.ts';
import type { Telemetry } from '../telemetry/index.ts';
import { type HttpEvent, readHttpEvent } from './http-event.ts';

interface Observer {
  readonly telemetry: Telemetry;
  readonly clock: Clock;
}

type Handler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

/** A handler whose metrics are published when it ends, however it ends. */
export function observedHandler<Event, Result>(
  { telemetry }: Observer,
  handler: Handler<Event, Result>,
): Handler<Event, Result> {
  return (event, context) => telemetry.invocation(context.awsRequestId, () => handler(event, context));
}

/** A handler of requests, each in a span of its own, in the trace that its header `traceparent` names, or a new one. */
export function observedApi(
  observer: Observer,
  handler: Handler<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>,
): Handler<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> {
  const { telemetry, clock } = observer;
  return observedHandler(observer, (event, context) => {
    const { routeKey, path, headers } = readHttpEvent(event);
    const operation = operationOf(routeKey);
    const request = telemetry.unit(idsIn(path), headers['traceparent']);
    return request.run({ name: `api.${operation ?? 'unknown'}`, kind: 'request' }, async () => {
      const startedAtMs = clock.now();
      const response = await handler(event, context);
      const { statusCode: status } = response;
      telemetry.onEvent({ type: 'api.answered', operation, status, durationMs: clock.now() - startedAtMs });
      return response;
    });
  });
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
