import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a model was asked: the body of one chat completion request, and what came with it. */
export interface Asked {
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly model: string;
  readonly max_tokens: number;
  readonly response_format?: { readonly type: string; readonly json_schema?: { readonly schema: unknown } };
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

export type Reply = (response: ServerResponse) => void;

export interface ModelServer extends AsyncDisposable {
  readonly origin: string;
  readonly baseUrl: string;
  readonly asked: readonly Asked[];
  /** Resolves as soon as so many requests have come. */
  untilAsked(count: number): Promise<void>;
}

/** A model's server that gives the replies in their order, or as a function of the request; then status 410. */
export async function modelServer(
  replies: readonly Reply[] | ((asked: Asked) => Reply),
): Promise<ModelServer> {
  const asked: Asked[] = [];
  const waiting = new Set<() => void>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await text(request)) as Asked;
    const one = { ...body, url: request.url, authorization: request.headers.authorization };
    asked.push(one);
    for (const check of waiting) check();
    const reply = typeof replies === 'function' ? replies(one) : replies[asked.length - 1];
    if (reply) reply(response);
    else response.writeHead(410).end();
  }

  const server = createServer((request, response) => {
    // It lists no models, and answers whoever asks whether it is there.
    if (request.method === 'GET') return response.writeHead(404).end();
    return answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await listening;

  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    baseUrl: `${origin}/v1`,
    asked,
    untilAsked(count) {
      const { promise, resolve: done } = Promise.withResolvers<void>();
      const check = () => {
        if (asked.length >= count) done();
      };
      waiting.add(check);
      check();
      return promise;
    },
    async [Symbol.asyncDispose]() {
      const { promise: closed, resolve: onClosed } = Promise.withResolvers<unknown>();
      server.close(onClosed);
      server.closeAllConnections();
      await closed;
    },
  };
}
