import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type EmbeddingPurpose, embedderFrom } from '../../lib/embedding/index.ts';
import { modelServer, type Reply } from '../model/language/model-server.ts';
import { forever } from './asking.ts';

/** Vectors that need no rounding. */
const one = (dimensions: number) => [0.6, 0.8, ...Array<number>(dimensions - 2).fill(0)];

function answering(body: object): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

const titan = answering({ embedding: one(256), inputTextTokenCount: 3 });

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

async function ask(
  replies: readonly Reply[] | (() => Reply),
  settings: { readonly model: string; readonly dimensions: number },
  { texts = ['hello'], purpose = 'document' }: { texts?: string[]; purpose?: EmbeddingPurpose } = {},
) {
  await using server = await modelServer(replies);
  vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', server.origin);
  const embedder = embedderFrom(settings, { clock: { now: () => 0 } });
  const vectors = await embedder.embed(texts, { purpose, signal: forever });
  const bodies = server.asked.map(({ url: _url, authorization: _authorization, ...body }) => body);
  return { vectors, bodies, asked: server.asked };
}

describe('an embedding model of Bedrock', () => {
  test('is called by its id, signed with the role of the environment, once for each text of Titan', async () => {
    const settings = { model: 'bedrock:amazon.titan-embed-text-v2:0', dimensions: 256 };
    const { vectors, bodies, asked } = await ask(() => titan, settings, { texts: ['one', 'two'] });
    expect(vectors).toEqual([one(256), one(256)]);
    // They are under way side by side, and arrive in any order.
    expect(new Set(bodies)).toEqual(
      new Set(['one', 'two'].map((inputText) => ({ inputText, dimensions: 256, normalize: true }))),
    );
    expect(decodeURIComponent(asked[0]?.url ?? '')).toBe('/model/amazon.titan-embed-text-v2:0/invoke');
    expect(asked[0]?.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d+\/eu-north-1\/bedrock\//,
    );
  });

  test.each([
    ['query', 'TEXT_RETRIEVAL'],
    ['document', 'GENERIC_INDEX'],
  ] as const)('Nova is told of a %s what it is for', async (purpose, embeddingPurpose) => {
    const settings = { model: 'bedrock:amazon.nova-2-multimodal-embeddings-v1:0', dimensions: 384 };
    const reply = answering({ embeddings: [{ embeddingType: 'TEXT', embedding: one(384) }] });
    const { bodies } = await ask([reply], settings, { purpose });
    expect(bodies).toEqual([
      {
        taskType: 'SINGLE_EMBEDDING',
        singleEmbeddingParams: {
          embeddingPurpose,
          embeddingDimension: 384,
          text: { truncationMode: 'END', value: 'hello' },
        },
      },
    ]);
  });

  test.each([
    ['query', 'search_query'],
    ['document', 'search_document'],
  ] as const)('Cohere is told of a %s what it is for', async (purpose, input_type) => {
    const told = { input_type, texts: ['hello', 'you'], truncate: 'END' };
    const two = [one(1_024), one(1_024)];
    const texts = ['hello', 'you'];
    const v3 = { model: 'bedrock:cohere.embed-multilingual-v3', dimensions: 1_024 };
    expect((await ask([answering({ embeddings: two })], v3, { purpose, texts })).bodies).toEqual([told]);
    const v4 = { model: 'bedrock:eu.cohere.embed-v4:0', dimensions: 1_024 };
    const answer = await ask([answering({ embeddings: { float: two } })], v4, { purpose, texts });
    expect(answer.bodies).toEqual([{ ...told, output_dimension: 1_024 }]);
    expect(answer.vectors).toEqual(two);
  });

  test('that is overloaded may do better later', async () => {
    const overloaded: Reply = (response) => {
      response
        .writeHead(429, {
          'content-type': 'application/json',
          'x-amzn-errortype': 'ThrottlingException:http://x/',
        })
        .end(JSON.stringify({ message: 'Too many requests' }));
    };
    const settings = { model: 'bedrock:amazon.titan-embed-text-v2:0', dimensions: 256 };
    await expect(ask([overloaded], settings)).rejects.toMatchObject({
      code: 'embedding-unavailable',
      message: expect.stringContaining('HTTP 429 (ThrottlingException)'),
      retry: { retryable: true, afterMs: 30_000 },
    });
  });
});
