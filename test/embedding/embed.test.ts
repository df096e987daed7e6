import { describe, expect, test } from 'vitest';
import { EmbeddingRefusedError, withRedactedTexts } from '../../lib/embedding/index.ts';
import { failing } from '../model/language/replies.ts';
import { type EmbeddingAsked, embedderServer, embeddingReply } from '../support/embedder-server.ts';
import { meaningOf } from '../support/meaning-of.ts';
import { asDocument, embedderOn, failureOf, forever } from './asking.ts';

describe('the vectors of an embedder', () => {
  test('are of length 1, in numbers of four digits, in the order of the texts', async () => {
    await using server = await embedderServer();
    const texts = Array.from(
      { length: 70 },
      (_, index) => `note ${index} says word${index} twice word${index}`,
    );
    const vectors = await embedderOn(server, { dimensions: 64 }).embed(texts, asDocument);
    for (const [index, vector] of vectors.entries()) {
      const expected = meaningOf(texts[index] ?? '', 64);
      const length = Math.hypot(...expected);
      expect(vector).toEqual(expected.map((one) => Number((one / length).toPrecision(4))));
      expect(Math.hypot(...vector)).toBeCloseTo(1, 3);
    }
  });

  test('come in requests of at most 32 texts, at most four side by side', async () => {
    let running = 0;
    let most = 0;
    await using server = await embedderServer(({ input }) => (response) => {
      running += 1;
      most = Math.max(most, running);
      setImmediate(() => {
        running -= 1;
        embeddingReply(input.map((text) => meaningOf(text, 16)))(response);
      });
    });
    const texts = Array.from({ length: 300 }, (_, index) => `text ${index}`);
    expect(await embedderOn(server).embed(texts, asDocument)).toHaveLength(300);
    expect(server.asked.map(({ input }) => input.length).sort((a, b) => a - b)).toEqual([
      12,
      ...Array(9).fill(32),
    ]);
    expect(most).toBeLessThanOrEqual(4);
  });

  test('of no texts need no request', async () => {
    await using server = await embedderServer();
    expect(await embedderOn(server).embed([], asDocument)).toEqual([]);
    expect(server.asked).toEqual([]);
  });

  test.each([
    [
      'too short',
      [1, 2, 3],
      /gave a vector of 3 dimensions, and 16 were expected.* Set embeddingDimensions to 3,/,
    ],
    ['too long', Array(17).fill(1), /gave a vector of 17 dimensions/],
    ['zero', Array(16).fill(0), /without a direction/],
    ['too large', Array(16).fill(1e308), /without a direction/],
  ])('that are %s are refused', async (_name, vector, problem) => {
    await using server = await embedderServer([embeddingReply([vector])]);
    const error = await failureOf(embedderOn(server));
    expect(error).toBeInstanceOf(EmbeddingRefusedError);
    expect(error).toMatchObject({ message: expect.stringMatching(problem), retry: { retryable: false } });
  });
});

describe('a server of a model with one number of dimensions', () => {
  const refusing = ({ dimensions }: EmbeddingAsked) => (dimensions === undefined ? undefined : failing(400));

  test('that refuses to be given any is asked without, and from then on at once', async () => {
    await using server = await embedderServer(refusing);
    const embedder = embedderOn(server, { dimensions: 256 });
    for (let call = 1; call <= 2; call += 1)
      expect(await embedder.embed(['hello'], asDocument)).toHaveLength(1);
    expect(server.asked.map(({ dimensions }) => dimensions)).toEqual([256, undefined, undefined]);
  });

  test('with another number than the setting is refused, with its number', async () => {
    await using server = await embedderServer(refusing);
    expect(await failureOf(embedderOn(server))).toMatchObject({
      code: 'embedding-refused',
      message: expect.stringMatching(/of 256 dimensions, and 16 were expected.*refuses the number/),
    });
  });

  test('that refuses for another reason is quoted with that', async () => {
    await using server = await embedderServer(() => failing(400, { code: 'model_not_loaded' }));
    expect(await failureOf(embedderOn(server))).toMatchObject({
      message: 'Embedding model openai-compatible:small refused: HTTP 400 (model_not_loaded).',
    });
  });
});

describe('the texts that an embedder sends', () => {
  async function sentFor(text: string): Promise<string | undefined> {
    await using server = await embedderServer();
    await embedderOn(server).embed([text], asDocument);
    return server.asked[0]?.input[0];
  }

  test('are clean', async () => {
    expect(await sentFor('  A\u0000 \u001b[31mred\r\ncar\ud83d ')).toBe('A [31mred\ncar');
  });

  test('are never empty', async () => {
    for (const text of ['', ' \n', '\u0000\u0001']) expect(await sentFor(text)).toBe('.');
  });

  test('are cut to 2,000 units, between characters as people see them', async () => {
    const sent = await sentFor(`${'a b c '.repeat(333)}👨‍👩‍👧‍👦 and more`);
    expect(sent?.length).toBeLessThanOrEqual(2_000);
    expect(sent?.isWellFormed()).toBe(true);
  });

  test.each([
    ['Japanese', '昨日は友達と映画を見に行きました。'.repeat(200)],
    ['encoded data', 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ'.repeat(100)],
    ['emoji', '👩🏽‍🚀'.repeat(500)],
    ['a letter buried in marks', `a${'\u0301'.repeat(100_000)}`],
  ])('are cut to what a small model takes: %s', async (_name, text) => {
    const sent = (await sentFor(text)) ?? '';
    expect(sent.length).toBeGreaterThan(50);
    expect(sent.length).toBeLessThan(1_500);
    expect(text.startsWith(sent)).toBe(true);
  });

  test('have no secrets where the language model is given none, also behind the cut and between the lines', async () => {
    const secret = 'AKIAIOSFODNN7EXAMPLE';
    const texts = [`My key is AKIAIOSF\u0000ODNN7EXAMPLE.`, `${'x '.repeat(995)}${secret}`];
    await using server = await embedderServer();
    await withRedactedTexts(embedderOn(server), 'model').embed(texts, { purpose: 'query', signal: forever });
    expect(JSON.stringify(server.asked)).not.toContain('AKIA');
    for (const mode of ['memories', 'off'] as const) {
      await withRedactedTexts(embedderOn(server), mode).embed([secret], asDocument);
    }
    expect(server.asked.slice(1).map(({ input }) => input)).toEqual([[secret], [secret]]);
  });
});
