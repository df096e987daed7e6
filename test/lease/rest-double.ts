import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { startEmbeddedRedis } from '../../local/emulators/redis-rest/embedded-backend.ts';
import type { RedisBackend } from '../../local/emulators/redis-rest/redis-backend.ts';
import { startRestServer } from '../../local/emulators/redis-rest/rest-server.ts';

interface SeenRequest {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: readonly unknown[];
}

export interface RestDouble extends AsyncDisposable {
  readonly url: string;
  readonly redis: RedisBackend;
  readonly seen: SeenRequest[];
  /** What becomes of the next requests; each is executed and answered as it should be unless this is set. */
  treat: ((response: ServerResponse, answer: () => Promise<string>) => unknown) | undefined;
}

export const TOKEN = 'the-token';

/** A Redis behind a line that a test can cut, hold or garble. */
export async function restDouble(): Promise<RestDouble> {
  const redis = await startEmbeddedRedis();
  const real = await startRestServer(redis, TOKEN);
  const seen: SeenRequest[] = [];

  const server = createServer(async (request, response) => {
    const body = await text(request);
    seen.push({ path: request.url, headers: request.headers, body: JSON.parse(body) });
    const { authorization = '', 'upstash-encoding': encoding = '' } = request.headers;
    const forward = () =>
      fetch(`${real.url}${request.url}`, {
        method: 'POST',
        headers: { authorization, 'upstash-encoding': String(encoding) },
        body,
      });
    if (double.treat) return double.treat(response, async () => (await forward()).text());
    const answer = await forward();
    return response.writeHead(answer.status).end(await answer.text());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const double: RestDouble = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    redis,
    seen,
    treat: undefined,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await real[Symbol.asyncDispose]();
      await redis[Symbol.asyncDispose]();
    },
  };
  return double;
}
