import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../../local/loopback/index.ts';
import { meaningOf } from './meaning-of.ts';

/** What the server was asked: the body of one embeddings request, and what came with it. */
export interface EmbeddingAsked {
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly model: string;
  readonly input: readonly string[];
  readonly dimensions?: number;
}

/** Answers in place of the server; see also `test/model/language/replies.ts`. */
export type EmbeddingReply = (response: ServerResponse, asked: EmbeddingAsked) => void;

export interface EmbedderServer extends AsyncDisposable {
  /** What `embeddingUrl` is set to: up to and without `/embeddings`. */
  readonly baseUrl: string;
  readonly asked: readonly EmbeddingAsked[];
  /** Resolves as soon as so many requests have come. */
  untilAsked(count: number): Promise<void>;
}

/** Where the request names none. */
const DIMENSIONS = 256;

/**
 * An embedding model behind `/v1/embeddings` on 127.0.0.1: texts with words of the same meaning are near (`meaningOf`).
 *
 * @param replies answer the first requests, in their order, or any for which the function gives one.
 */
export async function embedderServer(
  replies: readonly EmbeddingReply[] | ((asked: EmbeddingAsked) => EmbeddingReply | undefined) = [],
): Promise<EmbedderServer> {
  const asked: EmbeddingAsked[] = [];
  const waiting = new Set<() => void>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await text(request)) as EmbeddingAsked;
    const one = { ...body, url: request.url, authorization: request.headers.authorization };
    asked.push(one);
    for (const check of waiting) check();
    const reply = typeof replies === 'function' ? replies(one) : replies[asked.length - 1];
    (reply ?? embedding)(response, one);
  }

  const server = createServer((request, response) => {
    // It lists no models, and answers whoever asks whether it is there.
    if (request.method === 'GET') return response.writeHead(404).end();
    return answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  const { url, [Symbol.asyncDispose]: dispose } = await listenOnLoopback(server);
  return {
    baseUrl: `${url}/v1`,
    asked,
    untilAsked(count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const check = () => {
        if (asked.length >= count) resolve();
      };
      waiting.add(check);
      check();
      return promise;
    },
    [Symbol.asyncDispose]: dispose,
  };
}

const embedding: EmbeddingReply = (response, { input, dimensions = DIMENSIONS }) =>
  embeddingReply(input.map((one) => meaningOf(one, dimensions)))(response);

/** These vectors, as such servers give them. */
export function embeddingReply(vectors: readonly unknown[]): (response: ServerResponse) => void {
  return (response) => {
    const data = vectors.map((vector, index) => ({ object: 'embedding', index, embedding: vector }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        object: 'list',
        model: 'small',
        data,
        usage: { prompt_tokens: 1, total_tokens: 1 },
      }),
    );
  };
}
