import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FakeApi } from './fake-api.ts';

/** The fake API on a port of this machine. */
export async function serveFakeApi({
  fetch,
}: FakeApi): Promise<AsyncDisposable & { readonly apiUrl: string }> {
  const server = createServer(async (request, response) => {
    const answer = await fetch(`http://fake${request.url}`, {
      method: request.method ?? 'GET',
      headers: new Headers(request.headers as Record<string, string>),
      ...(request.method !== 'GET' && { body: (await bodyOf(request)) || '{}' }),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += part;
  return body;
}
