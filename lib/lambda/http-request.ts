import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type ApiRequest, type ApiResponse, type AuthorizerResult, identityOf } from '../api/index.ts';

/** What the gateway adds to an event once its authorizer has verified the caller. */
type AuthorizedEvent = APIGatewayProxyEventV2 & {
  readonly requestContext: { readonly authorizer?: AuthorizerResult };
};

/** The request in a gateway's event. @throws IdentityIncompleteError */
export function toApiRequest(event: AuthorizedEvent, signal: AbortSignal): ApiRequest {
  return {
    identity: identityOf(event.requestContext.authorizer),
    path: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    headers: event.headers,
    body: event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : event.body,
    signal,
  };
}

export function toHttpResponse({ status, body }: ApiResponse): APIGatewayProxyStructuredResultV2 {
  if (body === undefined) return { statusCode: status };
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}
