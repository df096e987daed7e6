import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { FunctionTimeoutError, PortInUseError, PortRefusedError } from '../errors.ts';
import type { LocalFunction } from '../lambda/local-function.ts';
import { type LoopbackServer, listenOnLoopback, readBody } from '../loopback/index.ts';
import type { TokenIssuer } from '../tokens/index.ts';
import { claimTexts } from './claim-texts.ts';
import { type Cors, corsHeaders } from './cors.ts';
import { type EventStream, LAST_EVENT_ID, SESSION_ROUTE } from './event-stream.ts';
import { type Authorization, sendAnswer, sendMessage, toHttpEvent } from './http-event.ts';
import { type MatchedRoute, matchRoute, type Route } from './match-route.ts';
import { sendSessionEvents } from './send-session-events.ts';

/** What API Gateway takes in one request, and how long it waits for an answer. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const INTEGRATION_TIMEOUT_MS = 30_000;

/** How a route finds out who is calling; `refuse` stands for an authorizer that the embedded stack does not have. */
export type RouteAuthorizer =
  | { readonly kind: 'none' }
  | { readonly kind: 'jwt'; readonly issuer: string; readonly audience: readonly string[] }
  | { readonly kind: 'refuse' };

export interface RouteTarget {
  readonly handler: LocalFunction;
  readonly authorizer: RouteAuthorizer;
  /** Has the gateway stream events, of a session that the handler gives to who asks. */
  readonly stream?: EventStream;
}

interface GatewayOptions {
  readonly routes: readonly Route<RouteTarget>[];
  readonly cors?: Cors;
  /** Origins whose pages may call the API, besides those of `cors`; without `cors`, no page may. */
  readonly origins?: readonly string[];
  readonly tokens: TokenIssuer;
  readonly onError: (error: unknown) => void;
}

export interface Gateway extends LoopbackServer {
  /** From here on, requests are served; before, each is answered with 503. */
  serve(options: GatewayOptions): void;
}

/**
 * Opens the port of the HTTP API on 127.0.0.1, so that it is taken, or found to be taken, before anything slow is done.
 *
 * @param wantedPort 0 takes any free one.
 * @throws PortInUseError; PortRefusedError for one that this user may not use.
 */
export async function openGateway(wantedPort: number): Promise<Gateway> {
  let options: GatewayOptions | undefined;
  const server = createServer((request, response) => {
    if (!options) return sendMessage(response, 503, 'Service Unavailable');
    const { onError } = options;
    serve(options, request, response).catch((error: unknown) => {
      onError(error);
      if (response.headersSent) response.destroy();
      else sendMessage(response, 500, 'Internal Server Error');
    });
  });
  const listening = await listenOnLoopback(server, wantedPort).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') throw new PortInUseError(wantedPort, error);
    if (error.code === 'EACCES') throw new PortRefusedError(wantedPort, error);
    throw error;
  });
  return {
    ...listening,
    serve(given) {
      options = given;
    },
  };
}

async function serve(
  { routes, cors, origins = [], tokens }: GatewayOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = urlOf(request);
  if (cors) {
    const headers = corsHeaders(cors, origins, request);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
  }
  const route = matchRoute(routes, request.method ?? 'GET', url.pathname);
  if (!route) return sendMessage(response, 404, 'Not Found');
  const { handler, authorizer } = route.target;
  if (authorizer.kind === 'refuse') return sendMessage(response, 403, 'Forbidden');
  const authorization =
    authorizer.kind === 'jwt'
      ? await authorize(tokens, authorizer, request.headers.authorization)
      : undefined;
  if (authorizer.kind === 'jwt' && !authorization) {
    response.setHeader('www-authenticate', 'Bearer');
    return sendMessage(response, 401, 'Unauthorized');
  }
  const body = await readBody(request, MAX_BODY_BYTES);
  if (!body) return sendMessage(response, 413, 'Request Entity Too Large');
  if (route.target.stream)
    return answerEvents(route.target.stream, route, { request, response, authorization });
  await answer(handler, toHttpEvent(request, url, route, body, authorization), response);
}

/** A session that is not there, or not the caller's, gets what its own route answers. */
async function answerEvents(
  stream: EventStream,
  { target, pathParameters }: MatchedRoute<RouteTarget>,
  exchange: {
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    readonly authorization: Authorization | undefined;
  },
): Promise<void> {
  const { request, response, authorization } = exchange;
  const { sessionId = '' } = pathParameters;
  const session = { routeKey: SESSION_ROUTE, target, pathParameters };
  const url = new URL(`http://127.0.0.1/sessions/${encodeURIComponent(sessionId)}?limit=1`);
  const event = toHttpEvent(request, url, session, Buffer.alloc(0), authorization);
  const given = await invokeInTime(target.handler, event);
  if (given === 'late' || !isFound(given.result)) return sendGiven(response, given);
  const tenant = authorization?.jwt.claims['tenant'];
  const lastEventId = request.headers[LAST_EVENT_ID];
  await sendSessionEvents(response, stream, { tenant, sessionId }, lastEventId?.toString());
}

const isFound = (answer: unknown) =>
  typeof answer === 'object' && answer !== null && 'statusCode' in answer && answer.statusCode === 200;

/** Not resolved against a base: a path that begins with two slashes would be taken for another host. */
function urlOf({ url = '/' }: IncomingMessage): URL {
  return new URL(`http://127.0.0.1${url.startsWith('/') ? '' : '/'}${url}`);
}

async function authorize(
  tokens: TokenIssuer,
  expected: { readonly issuer: string; readonly audience: readonly string[] },
  header: string | undefined,
): Promise<Authorization | undefined> {
  const token = header?.replace(/^Bearer\s+/i, '');
  const claims = token ? await tokens.verify(token, expected) : undefined;
  if (!claims) return undefined;
  return { jwt: { claims: claimTexts(claims), scopes: null } };
}

async function answer(handler: LocalFunction, event: object, response: ServerResponse): Promise<void> {
  sendGiven(response, await invokeInTime(handler, event));
}

type Given = { readonly result: unknown } | 'late';

function sendGiven(response: ServerResponse, given: Given): void {
  if (given === 'late') sendMessage(response, 503, 'Service Unavailable');
  else sendAnswer(response, given.result);
}

async function invokeInTime(handler: LocalFunction, event: object): Promise<Given> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => resolve('late'), INTEGRATION_TIMEOUT_MS);
  try {
    return await Promise.race([handler.invoke(event).then((result) => ({ result })), late]);
  } catch (error) {
    if (error instanceof FunctionTimeoutError) return 'late';
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
