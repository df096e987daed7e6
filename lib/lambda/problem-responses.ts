import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { problemOf } from '../api/index.ts';
import type { ReportedEvent } from '../telemetry/index.ts';

interface FailedRequest {
  readonly error: unknown;
  response?: unknown;
}

/** A middy middleware that answers every error with a problem document, and reports those that are our own fault. */
export function problemResponses(options: { readonly onEvent: (event: ReportedEvent) => void }) {
  return {
    onError(request: FailedRequest): void {
      const { view, retryAfterS } = problemOf(request.error);
      if (view.status >= 500) {
        options.onEvent({ type: 'api.failed', status: view.status, error: request.error });
      }
      request.response = {
        statusCode: view.status,
        headers: {
          'content-type': 'application/problem+json',
          ...(retryAfterS !== undefined && { 'retry-after': String(retryAfterS) }),
        },
        body: JSON.stringify(view),
      } satisfies APIGatewayProxyStructuredResultV2;
    },
  };
}
