import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createMcpHandler, type McpHttpHandler } from '@modelcontextprotocol/server';
import type { CommitlaneClient } from '../../lib/client/index.ts';
import { PortTakenError } from '../errors.ts';
import { makeServer, type ServerOptions } from '../make-server.ts';
import { serverBounds } from '../server-bounds.ts';
import { bearerTokenOf } from './bearer-token-of.ts';
import { MCP_PATH, refuseRequest } from './refuse-request.ts';

export interface HttpOptions extends Omit<ServerOptions, 'client'> {
  /** A client of the API that acts as whoever has the token. */
  readonly clientOf: (token: string) => CommitlaneClient;
  /** On 127.0.0.1; 0 for any that is free. */
  readonly port: number;
}

export interface HttpServer extends AsyncDisposable {
  readonly url: string;
}

/**
 * Serves callers of this machine, each with the token of its own request: nothing is kept from one request to the next, so
 * that no caller can meet what is another's. Its end ends the calls that are under way.
 *
 * @throws PortTakenError.
 */
export async function startHttp({ clientOf, port, ...options }: HttpOptions): Promise<HttpServer> {
  const { maxMessageBytes, maxSubscriptions } = serverBounds;
  const handler = createMcpHandler(
    ({ authInfo }) => makeServer({ ...options, client: clientOf(authInfo?.token ?? '') }),
    { maxRequestBodySize: maxMessageBytes, maxSubscriptions, onerror: options.onError },
  );
  const server = createAdaptorServer({
    fetch: (request: Request) => answer(handler, request),
    hostname: '127.0.0.1',
  }) as Server;
  server.requestTimeout = serverBounds.requestTimeoutMs;
  server.maxConnections = serverBounds.maxConnections;
  const listensAt = await listen(server, port);
  return {
    url: `http://127.0.0.1:${listensAt}${MCP_PATH}`,
    async [Symbol.asyncDispose]() {
      await handler.close();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(handler: McpHttpHandler, request: Request): Promise<Response> {
  const token = bearerTokenOf(request.headers) ?? '';
  // Who that is, and what it may do, is for the API to say.
  const authInfo = { token, clientId: 'caller', scopes: [] };
  return refuseRequest(request) ?? (await handler.fetch(request, { authInfo }));
}

/** Returns the port. */
async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new PortTakenError(port, error);
    throw error;
  }
  return (server.address() as AddressInfo).port;
}
