import { describe, expect, test } from 'vitest';
import { EmbeddingRefusedError, EmbeddingUnavailableError } from '../../lib/embedding/index.ts';
import { breaking, failing, hanging, html, stalling } from '../model/language/replies.ts';
import { type EmbeddingReply, embedderServer, embeddingReply } from '../support/embedder-server.ts';
import { embedderOn, failureOf } from './asking.ts';

const KEY = 'sk-abcdef123456';
const SECRET = 'my sister is called Ragnhild';

async function failureFor(reply: EmbeddingReply): Promise<unknown> {
  await using server = await embedderServer(() => reply);
  return await failureOf(embedderOn(server, { readKey: async () => KEY }), SECRET);
}

/** Everything that a log could show of an error. */
function shown(error: unknown): string {
  const lines: string[] = [];
  for (let one = error; one instanceof Error; one = one.cause)
    lines.push(JSON.stringify({ ...one }), one.message);
  return lines.join('\n');
}

describe('a server of embeddings', () => {
  test.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': '86400' }, 300_000],
    [{}, 30_000],
  ])('that limits our rate with %j says when to come back', async (headers, afterMs) => {
    const error = await failureFor(failing(429, { headers, code: 'rate_limit_exceeded' }));
    expect(error).toBeInstanceOf(EmbeddingUnavailableError);
    expect(error).toMatchObject({
      message: 'Embedding model openai-compatible:small is not available: HTTP 429 (rate_limit_exceeded).',
      retry: { retryable: true, afterMs },
    });
  });

  test.each([
    ['fails', failing(503)],
    ['breaks off', breaking],
    ['answers something else', html],
    ['answers with what is no number', embeddingReply([['one', 'two']])],
    ['answers with numbers that are encoded', embeddingReply(['AACAPwAAAEA='])],
  ])('that %s may do better later', async (_name, reply) => {
    const error = await failureFor(reply);
    expect(error).toBeInstanceOf(EmbeddingUnavailableError);
    expect(error).toMatchObject({ retry: { retryable: true } });
    expect(shown(error)).not.toContain('Welcome');
  });

  test('that is not there is named with the reason', async () => {
    const server = await embedderServer();
    await server[Symbol.asyncDispose]();
    expect(await failureOf(embedderOn(server))).toMatchObject({
      code: 'embedding-unavailable',
      message:
        'Embedding model openai-compatible:small is not available: the connection failed (ECONNREFUSED).',
    });
  });

  test('that gives another number of vectors than texts is not believed', async () => {
    const one = Array(16).fill(1);
    for (const vectors of [[], [one, one]]) {
      expect(await failureFor(embeddingReply(vectors))).toMatchObject({
        code: 'embedding-refused',
        message: expect.stringContaining('it must give one for each'),
      });
    }
  });

  test.each([
    [401, 'HTTP 401, the key is missing, wrong or expired'],
    [403, 'HTTP 403, the key or the role may not use it'],
    [404, 'HTTP 404, the provider does not know it'],
    [413, 'HTTP 413, the request is too large for it'],
  ])('that refuses with %s is not asked again', async (status, reason) => {
    const error = await failureFor(failing(status));
    expect(error).toBeInstanceOf(EmbeddingRefusedError);
    expect(error).toMatchObject({
      message: `Embedding model openai-compatible:small refused: ${reason}.`,
      retry: { retryable: false },
    });
  });

  test('is quoted with neither key nor conversation', async () => {
    for (const status of [400, 401, 429, 500]) {
      const error = await failureFor(failing(status, { message: `Bad key ${KEY} for ${SECRET}`, code: KEY }));
      expect(shown(error)).not.toContain(KEY);
      expect(shown(error)).not.toContain(SECRET);
    }
  });

  test.each([
    ['never answers', hanging],
    ['never ends its answer', stalling],
  ])('that %s is left when the signal aborts, with its reason', async (_name, reply) => {
    await using server = await embedderServer(() => reply);
    const stop = new AbortController();
    const embedding = embedderOn(server).embed(['hello'], { purpose: 'query', signal: stop.signal });
    await server.untilAsked(1);
    const reason = new Error('enough');
    stop.abort(reason);
    await expect(embedding).rejects.toBe(reason);
  });

  test('is not asked by whoever has been stopped', async () => {
    await using server = await embedderServer();
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await expect(embedderOn(server).embed(['hello'], { purpose: 'query', signal })).rejects.toBe(reason);
    expect(server.asked).toEqual([]);
  });

  test('of whose requests one fails is left with the others', async () => {
    await using server = await embedderServer([hanging, failing(503), hanging, hanging]);
    const texts = Array.from({ length: 128 }, (_, index) => `text ${index}`);
    const { signal } = new AbortController();
    await expect(embedderOn(server).embed(texts, { purpose: 'document', signal })).rejects.toMatchObject({
      code: 'embedding-unavailable',
    });
  });
});
