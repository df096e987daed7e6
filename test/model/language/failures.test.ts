import { describe, expect, test } from 'vitest';
import { ModelRefusedError, ModelUnavailableError } from '../../../lib/model/index.ts';
import { forever, modelOn, said } from './asking.ts';
import { modelServer, type Reply } from './model-server.ts';
import { breaking, failing, html } from './replies.ts';

const KEY = 'sk-abcdef123456';
const SECRET = 'my sister is called Ragnhild';

/** What a summary fails with. */
async function failureOf(reply: Reply): Promise<unknown> {
  await using server = await modelServer([reply]);
  const outcome = await modelOn(server, { readKey: async () => KEY })
    .summarise({ messages: said(SECRET), signal: forever })
    .catch((error: unknown) => error);
  expect(server.asked, 'a call is made once').toHaveLength(1);
  return outcome;
}

/** Everything that a log could show of an error. */
function shown(error: unknown): string {
  const lines: string[] = [];
  for (let one = error; one instanceof Error; one = one.cause)
    lines.push(JSON.stringify({ ...one }), one.message);
  return lines.join('\n');
}

describe('a provider that limits our rate', () => {
  test.each([
    ['says so in seconds', { 'retry-after': '7' }, 7_000],
    ['says so as a date', { 'retry-after': 'Thu, 01 Jan 2026 00:01:30 GMT' }, 90_000],
    ['says so as a date gone by', { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0],
    ['says so in milliseconds', { 'retry-after-ms': '1500', 'retry-after': '2' }, 1_500],
    ['asks for more than is sensible', { 'retry-after': '86400' }, 300_000],
    ['says nothing that can be read', { 'retry-after': 'soon' }, 30_000],
    ['does not say', {}, 30_000],
  ])('is asked again when it wants to be, where it %s', async (_name, headers, afterMs) => {
    const error = await failureOf(failing(429, { headers, code: 'rate_limit_exceeded' }));
    expect(error).toBeInstanceOf(ModelUnavailableError);
    expect(error).toMatchObject({
      message: 'Model openai-compatible:small is not available: HTTP 429 (rate_limit_exceeded).',
      retry: { retryable: true, afterMs },
    });
  });
});

describe('a provider that fails', () => {
  test.each([500, 502, 503, 529, 408, 424])('with status %s is asked again later', async (status) => {
    const error = await failureOf(failing(status));
    expect(error).toBeInstanceOf(ModelUnavailableError);
    expect(error).toMatchObject({ retry: { retryable: true, afterMs: 10_000 } });
  });

  test('says when it will be back', async () => {
    const error = await failureOf(failing(503, { headers: { 'retry-after': '20' } }));
    expect(error).toMatchObject({ retry: { retryable: true, afterMs: 20_000 } });
  });

  test('by breaking off, or by answering something else, is asked again later', async () => {
    for (const reply of [breaking, html]) {
      const error = await failureOf(reply);
      expect(error).toBeInstanceOf(ModelUnavailableError);
      expect(error).toMatchObject({ retry: { retryable: true } });
      expect(shown(error)).not.toContain('Welcome');
    }
  });

  test('to be there at all is asked again later', async () => {
    const server = await modelServer([]);
    await server[Symbol.asyncDispose]();
    const error = await modelOn(server)
      .summarise({ messages: said('hello'), signal: forever })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ModelUnavailableError);
    expect(error).toMatchObject({
      message: 'Model openai-compatible:small is not available: the connection failed (ECONNREFUSED).',
      retry: { retryable: true },
    });
  });
});

describe('a provider that refuses', () => {
  test.each([
    [400, 'context_length_exceeded', 'HTTP 400 (context_length_exceeded)'],
    [401, 'invalid_api_key', 'HTTP 401 (invalid_api_key), the key is missing, wrong or expired'],
    [403, undefined, 'HTTP 403, the key or the role may not use it'],
    [404, undefined, 'HTTP 404, the provider does not know it'],
    [422, undefined, 'HTTP 422'],
  ])('with status %s is not asked again', async (status, code, reason) => {
    const error = await failureOf(failing(status, { ...(code !== undefined && { code }) }));
    expect(error).toBeInstanceOf(ModelRefusedError);
    expect(error).toMatchObject({
      message: `Model openai-compatible:small refused: ${reason}.`,
      retry: { retryable: false },
    });
  });

  test('is quoted with neither key nor conversation', async () => {
    for (const status of [400, 401, 429, 500]) {
      const error = await failureOf(failing(status, { message: `Bad key ${KEY} for ${SECRET}`, code: KEY }));
      expect(shown(error)).not.toContain(KEY);
      expect(shown(error)).not.toContain(SECRET);
    }
  });
});
