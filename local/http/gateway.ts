import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FunctionTimeoutError, PortInUseError } from '../errors.ts';
import type { LocalFunction } from '../lambda/local-function.ts';
import { type Cors, corsHeaders } from './cors.ts';
import { type Authorization, sendAnswer, sendMessage, toHttpEvent } from './http-event.ts';
import { matchRoute, type Route } from './match-route.ts';
import type { TokenIssuer } from './token-issuer.ts';

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
}

export interface GatewayOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly routes: readonly Route<RouteTarget>[];
  readonly cors?: Cors;
  readonly tokens: TokenIssuer;
  readonly onError: (error: unknown) => void;
}

export interface Gateway extends AsyncDisposable {
  readonly url: string;
}

/** Serves the HTTP API of the template on 127.0.0.1. @throws PortInUseError */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const server = createServer((request, response) => {
    serve(options, request, response).catch((error: unknown) => {
      options.onError(error);
      if (response.headersSent) response.destroy();
      else sendMessage(response, 500, 'Internal Server Error');
    });
  });
  server.listen(options.port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new PortInUseError(options.port, error);
  }
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function serve(
  { routes, cors, tokens }: GatewayOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = urlOf(request);
  if (cors) {
    for (const [name, value] of Object.entries(corsHeaders(cors, request))) response.setHeader(name, value);
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
  const body = await readBody(request);
  if (body === 'too large') return sendMessage(response, 413, 'Request Entity Too Large');
  await answer(handler, toHttpEvent(request, url, route, body, authorization), response);
}

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
  // The gateway hands every claim over as text.
  const texts = Object.entries(claims).map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]);
  return { jwt: { claims: Object.fromEntries(texts), scopes: null } };
}

async function answer(handler: LocalFunction, event: object, response: ServerResponse): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => resolve('late'), INTEGRATION_TIMEOUT_MS);
  try {
    const value = await Promise.race([handler.invoke(event).then((result) => ({ result })), late]);
    if (value === 'late') sendMessage(response, 503, 'Service Unavailable');
    else sendAnswer(response, value.result);
  } catch (error) {
    if (!(error instanceof FunctionTimeoutError)) throw error;
    sendMessage(response, 503, 'Service Unavailable');
  } finally {
    clearTimeout(timer);
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer | 'too large'> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += (part as Buffer).length;
    if (bytes <= MAX_BODY_BYTES) parts.push(part as Buffer);
  }
  return bytes > MAX_BODY_BYTES ? 'too large' : Buffer.concat(parts);
}
