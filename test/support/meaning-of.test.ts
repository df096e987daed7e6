import { expect, test } from 'vitest';
import { embedderServer } from './embedder-server.ts';
import { meaningEmbedder } from './meaning-embedder.ts';

const signal = new AbortController().signal;

function cosine(one: readonly number[], other: readonly number[]): number {
  const product = one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
  return product / Math.hypot(...one) / Math.hypot(...other);
}

test('texts of the same meaning are near, others are not', async () => {
  const texts = ['What car did I buy?', 'The automobile was bought.', 'Cats sleep often.'];
  const [car = [], automobile = [], cats = []] = await meaningEmbedder().embed(texts, {
    purpose: 'document',
    signal,
  });
  expect(cosine(car, automobile)).toBeCloseTo(1);
  expect(cosine(car, cats)).toBe(0);
});

test('a server gives the same vectors', async () => {
  await using server = await embedderServer();
  const response = await fetch(`${server.baseUrl}/embeddings`, {
    method: 'POST',
    body: JSON.stringify({ model: 'small', input: ['car', 'automobile'], dimensions: 16 }),
  });
  const { data } = (await response.json()) as { data: { embedding: number[] }[] };
  expect(data).toHaveLength(2);
  expect(data[0]?.embedding).toHaveLength(16);
  expect(data[0]?.embedding).toEqual(data[1]?.embedding);
  await server.untilAsked(1);
  expect(server.asked).toHaveLength(1);
});
