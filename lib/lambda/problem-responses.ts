import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { problemOf } from '../api/index.ts';
import type { ReportedEvent } from '../telemetry/index.ts';

export interface ProblemResponsesOptions {
  readonly onEvent: (event: ReportedEvent) => void;
}

/** A middy middleware that answers every error with a problem document, and reports those that are our own fault. */
export function problemResponses({
  onEvent,
}: ProblemResponsesOptions): MiddlewareObj<unknown, APIGatewayProxyStructuredResultV2> {
  return {
    name: 'problemResponses',
    onError(request) {
      const { view, retryAfterS } = problemOf(request.error);
      if (view.status >= 500) {
        onEvent({ type: 'api.failed', status: view.status, error: request.error });
      }
      request.response = {
        statusCode: view.status,
        headers: {
          'content-type': 'application/problem+json',
          ...(retryAfterS !== undefined && { 'retry-after': String(retryAfterS) }),
        },
        body: JSON.stringify(view),
      };
    },
  };
}
