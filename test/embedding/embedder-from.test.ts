import { describe, expect, test } from 'vitest';
import { EmbeddingRefusedError, EmbeddingUnavailableError, embedderFrom } from '../../lib/embedding/index.ts';
import { ModelSettingError } from '../../lib/provider/index.ts';
import { failing } from '../model/language/replies.ts';
import { embedderServer } from '../support/embedder-server.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { asDocument, embedderOn } from './asking.ts';

const dependencies = { clock: fakeClock() };

describe('the setting of an embedding model', () => {
  test.each([
    [{ model: 'bedrock:amazon.titan-embed-text-v2:0' }, 'bedrock:amazon.titan-embed-text-v2:0@256'],
    [
      { model: 'bedrock:cohere.embed-multilingual-v3', dimensions: 1_024 },
      'bedrock:cohere.embed-multilingual-v3@1024',
    ],
    [
      { model: 'bedrock:global.cohere.embed-v4:0', dimensions: 1_536 },
      'bedrock:global.cohere.embed-v4:0@1536',
    ],
    [
      { model: 'bedrock:amazon.nova-2-multimodal-embeddings-v1:0', dimensions: 384 },
      'bedrock:amazon.nova-2-multimodal-embeddings-v1:0@384',
    ],
    [
      { model: 'openai-compatible:bge-m3', baseUrl: 'http://127.0.0.1:1/v1', dimensions: 1_024 },
      'openai-compatible:bge-m3@1024',
    ],
  ])('%j names the model and its dimensions', (settings, id) => {
    expect(embedderFrom(settings, dependencies).id).toBe(id);
  });

  test.each([
    [{ model: 'offline' }, /'offline' has no known provider: expected 'bedrock:<model id>' or/],
    [{ model: 'bedrock:' }, /names no model of bedrock/],
    [{ model: 'bedrock:amazon.nova-2-lite-v1:0' }, /is not a known embedding model of Bedrock: expected/],
    [{ model: 'bedrock:amazon.titan-embed-text-v2:0', dimensions: 300 }, /expected 256, 512, 1024/],
    [{ model: 'bedrock:cohere.embed-english-v3' }, /no vectors of 256 dimensions: expected 1024/],
    [{ model: 'openai-compatible:small' }, /embedding model needs its server's base URL/],
    [{ model: 'openai-compatible:small', baseUrl: 'models.example' }, /expected one such as/],
    [{ model: 'openai-compatible:small', dimensions: 0 }, /a whole number from 1 to 4096/],
    [{ model: 'openai-compatible:small', dimensions: 4_097 }, /a whole number from 1 to 4096/],
  ])('%j makes no embedder', (settings, problem) => {
    expect(() => embedderFrom(settings, dependencies)).toThrow(ModelSettingError);
    expect(() => embedderFrom(settings, dependencies)).toThrow(problem);
  });
});

describe('the key of a server of embeddings', () => {
  test('is read by the first call, once, and sent', async () => {
    let reads = 0;
    const readKey = async () => {
      reads += 1;
      return 'key-1';
    };
    await using server = await embedderServer();
    const embedder = embedderOn(server, { readKey });
    expect(reads).toBe(0);
    for (let call = 1; call <= 2; call += 1) await embedder.embed(['hello'], asDocument);
    expect(reads).toBe(1);
    expect(server.asked.map(({ authorization }) => authorization)).toEqual(['Bearer key-1', 'Bearer key-1']);
  });

  test('that was refused is read again by the next call', async () => {
    const keys = ['old', 'new'];
    await using server = await embedderServer([failing(401)]);
    const embedder = embedderOn(server, { readKey: async () => keys.shift() ?? 'none' });
    await expect(embedder.embed(['hello'], asDocument)).rejects.toBeInstanceOf(EmbeddingRefusedError);
    await embedder.embed(['hello'], asDocument);
    expect(server.asked.map(({ authorization }) => authorization)).toEqual(['Bearer old', 'Bearer new']);
  });

  test('that cannot be read leaves the model out of reach until it can', async () => {
    const problem = new Error('no parameter');
    let reads = 0;
    const readKey = async () => {
      reads += 1;
      if (reads === 1) throw problem;
      return 'key-2';
    };
    await using server = await embedderServer();
    const embedder = embedderOn(server, { readKey });
    const failed = await embedder.embed(['hello'], asDocument).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(EmbeddingUnavailableError);
    expect(failed).toMatchObject({ cause: problem });
    await embedder.embed(['hello'], asDocument);
    expect(server.asked.map(({ authorization }) => authorization)).toEqual(['Bearer key-2']);
  });
});
