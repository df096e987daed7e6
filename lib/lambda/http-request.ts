import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type ApiRequest, type ApiResponse, BodyNotUtf8Error, identityOf } from '../api/index.ts';
import { decodeUtf8 } from '../json/index.ts';
import type { HttpEvent } from './http-event.ts';

/**
 * The request in a gateway's event.
 *
 * @throws IdentityIncompleteError, BodyNotUtf8Error.
 */
export function toApiRequest(event: HttpEvent, signal: AbortSignal): ApiRequest {
  const { authorizer, path, query, headers } = event;
  return { identity: identityOf(authorizer), path, query, headers, body: textOf(event), signal };
}

export function toHttpResponse({ status, headers, body }: ApiResponse): APIGatewayProxyStructuredResultV2 {
  if (body === undefined) return { statusCode: status, ...(headers && { headers }) };
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

/** The gateway hands over the bytes of a body in base64, unless its type says that it is text. */
function textOf({ body, isBase64Encoded, headers }: HttpEvent): string | undefined {
  if (body === undefined) return undefined;
  const text = isBase64Encoded ? decodeUtf8(Buffer.from(body, 'base64')) : body;
  if (text === undefined || !text.isWellFormed()) throw new BodyNotUtf8Error();
  if (!isBase64Encoded && isReplaced(text, headers['content-length'])) throw new BodyNotUtf8Error();
  return text;
}

/**
 * Whether a text that was decoded before it came here has U+FFFD in place of bytes that were not UTF-8: then it is not
 * as long as the body was. A U+FFFD that was sent as such is.
 */
function isReplaced(text: string, contentLength: string | undefined): boolean {
  if (!text.includes('\ufffd') || contentLength === undefined) return false;
  return Buffer.byteLength(text) !== Number(contentLength);
}
