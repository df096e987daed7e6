import type { MiddlewareObj, Request } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { operationOf } from '../api/index.ts';
import type { Clock } from '../clock/index.ts';
import type { ReportedEvent } from '../telemetry/index.ts';
import { readHttpEvent } from './http-event.ts';

export interface ReportedAnswersOptions {
  readonly clock: Clock;
  readonly onEvent: (event: ReportedEvent) => void;
}

interface Internal extends Record<string, unknown> {
  startedAtMs?: number;
}

type Answer = APIGatewayProxyStructuredResultV2;
type HttpRequest = Request<APIGatewayProxyEventV2, Answer, Error, Context, Internal>;

/** A middy middleware that reports what each request was answered with, and after how long. Goes before `problemResponses`. */
export function reportedAnswers(
  options: ReportedAnswersOptions,
): MiddlewareObj<APIGatewayProxyEventV2, Answer, Error, Context, Internal> {
  const { clock, onEvent } = options;

  function report({ event, response, internal: { startedAtMs = clock.now() } }: HttpRequest): void {
    // An error that nobody has answered.
    if (!response) return;
    const operation = operationOf(readHttpEvent(event).routeKey);
    const { statusCode: status } = response;
    onEvent({ type: 'api.answered', operation, status, durationMs: clock.now() - startedAtMs });
  }

  return {
    name: 'reportedAnswers',
    before({ internal }) {
      internal.startedAtMs = clock.now();
    },
    after: report,
    onError: report,
  };
}
