import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { modelFrom } from '../../../lib/model/index.ts';
import { extraction, forever, memory, said } from './asking.ts';
import { type ModelServer, modelServer, type Reply } from './model-server.ts';

const messages = said('I live in Bergen.');

/** An answer of Bedrock's Converse operation. */
function conversing(status: number, body: object, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

const writing = (content: object, stopReason: string) =>
  conversing(200, {
    output: { message: { role: 'assistant', content: [content] } },
    stopReason,
    usage: { inputTokens: 100, outputTokens: 20, totalTokens: 120 },
  });

function modelOn({ origin }: ModelServer) {
  vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', origin);
  return modelFrom(
    { model: 'bedrock:global.amazon.nova-2-lite-v1:0' },
    { clock: { now: () => 0 }, newMark: () => 'mark' },
  );
}

beforeEach(() => {
  vi.stubEnv('AWS_REGION', 'eu-north-1');
  vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', '');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  vi.stubEnv('AWS_SESSION_TOKEN', 'session');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a model of Bedrock', () => {
  test('is called by its id, signed with the function’s own role', async () => {
    await using server = await modelServer([writing({ text: 'Ann lives in Bergen.' }, 'end_turn')]);
    const answer = await modelOn(server).summarise({ messages, signal: forever });
    expect(answer).toEqual({
      value: 'Ann lives in Bergen.',
      promptVersion: 'summary.v1',
      usage: { inputTokens: 100, outputTokens: 20 },
    });
    expect(decodeURIComponent(server.asked[0]?.url ?? '')).toBe(
      '/model/global.amazon.nova-2-lite-v1:0/converse',
    );
    expect(server.asked[0]?.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d+\/eu-north-1\/bedrock\//,
    );
  });

  test('gives memories in the form that it is asked for', async () => {
    const toolUse = { toolUseId: 't', name: 'json', input: { memories: [memory] } };
    await using server = await modelServer([writing({ toolUse }, 'tool_use')]);
    const answer = await modelOn(server).extract(extraction(messages));
    expect(answer.value).toEqual({ memories: [memory], rejected: [] });
  });

  test('is asked again later when it is overloaded, and not when it refuses', async () => {
    const failing = (status: number, type: string) =>
      conversing(
        status,
        { message: `${type}: I live in Bergen.` },
        { 'x-amzn-errortype': `${type}:http://x/` },
      );
    await using server = await modelServer([
      failing(429, 'ThrottlingException'),
      failing(403, 'AccessDeniedException'),
    ]);
    const model = modelOn(server);
    const summarise = () => model.summarise({ messages, signal: forever });
    await expect(summarise()).rejects.toMatchObject({
      message: expect.stringContaining('is not available: HTTP 429 (ThrottlingException).'),
      retry: { retryable: true, afterMs: 30_000 },
    });
    await expect(summarise()).rejects.toMatchObject({
      message: expect.stringContaining('refused: HTTP 403 (AccessDeniedException), the key or the role'),
      retry: { retryable: false },
    });
  });

  test.each([
    ['guardrail_intervened', 'model-refused'],
    ['refusal', 'model-refused'],
    ['max_tokens', 'unusable-output'],
    ['model_context_window_exceeded', 'unusable-output'],
  ])('that ended with %s gave nothing', async (stopReason, code) => {
    await using server = await modelServer([writing({ text: 'Ann' }, stopReason)]);
    await expect(modelOn(server).summarise({ messages, signal: forever })).rejects.toMatchObject({ code });
  });
});
