import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { localAws } from '../aws/index.ts';
import type { MatchedRoute } from './match-route.ts';

/** What a route's authorizer found out about the caller. */
export interface Authorization {
  readonly jwt: { readonly claims: Readonly<Record<string, string>>; readonly scopes: null };
}

/** The event of API Gateway's payload format 2.0. */
export function toHttpEvent(
  request: IncomingMessage,
  url: URL,
  route: MatchedRoute<unknown>,
  body: Buffer,
  authorizer: Authorization | undefined,
) {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams)
    query[name] = name in query ? `${query[name]},${value}` : value;
  const now = new Date();
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers,
    ...(url.search.length > 1 && { queryStringParameters: query }),
    ...(Object.keys(route.pathParameters).length > 0 && { pathParameters: route.pathParameters }),
    ...bodyFields(body, headers['content-type']),
    requestContext: {
      accountId: localAws.accountId,
      apiId: 'local',
      domainName: url.hostname,
      domainPrefix: 'local',
      http: {
        method: request.method ?? 'GET',
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.routeKey,
      stage: '$default',
      time: now.toISOString(),
      timeEpoch: now.getTime(),
      ...(authorizer && { authorizer }),
    },
  };
}

/**
 * What API Gateway takes for text; any other type, and none, it takes for bytes, forms among them. AWS does not say
 * what it does with a text type whose bytes are not UTF-8; here they are passed on unaltered, as bytes.
 */
const TEXT_TYPES = /^(text\/[^;]+|application\/(json|xml|javascript))\s*(;|$)/i;

function bodyFields(body: Buffer, contentType = '') {
  if (body.length === 0) return { isBase64Encoded: false };
  if (TEXT_TYPES.test(contentType) && isUtf8(body))
    return { body: body.toString('utf8'), isBase64Encoded: false };
  return { body: body.toString('base64'), isBase64Encoded: true };
}

/** Sends what a function answered: a response, or, as API Gateway infers, any other value as a body of JSON. */
export function sendAnswer(response: ServerResponse, answer: unknown): void {
  if (typeof answer !== 'object' || answer === null || !('statusCode' in answer)) {
    send(response, 200, { 'content-type': 'application/json' }, JSON.stringify(answer ?? null));
    return;
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = answer as {
    statusCode: number;
    headers?: Record<string, string | number | boolean>;
    cookies?: string[];
    body?: string;
    isBase64Encoded?: boolean;
  };
  send(
    response,
    statusCode,
    { ...headers, ...(cookies && { 'set-cookie': cookies }) },
    isBase64Encoded ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  );
}

/** One of the gateway's own answers. */
export function sendMessage(response: ServerResponse, status: number, message: string): void {
  send(response, status, { 'content-type': 'application/json' }, JSON.stringify({ message }));
}

/** A problem document of the gateway's, as the API's own are. */
export function sendProblem(
  response: ServerResponse,
  problem: {
    readonly status: number;
    readonly title: string;
    readonly code: string;
    readonly detail: string;
  },
): void {
  const body = { type: `urn:commitlane:problem:${problem.code}`, ...problem };
  send(response, problem.status, { 'content-type': 'application/problem+json' }, JSON.stringify(body));
}

function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string | number | boolean | string[]>,
  body: string | Buffer,
): void {
  const texts = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value : String(value),
  ]);
  response.writeHead(status, Object.fromEntries(texts)).end(body);
}
