import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HandlerWorld, handlerWorld, problem } from './handler-world.ts';

let world: HandlerWorld;
beforeAll(async () => {
  world = await handlerWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const ONE = '/memories/{scope}/{category}/{key}';
/** The gateway hands over what it has decoded. */
const ask = (method: string, key: string, more: object = {}) =>
  world.invoke(
    world.eventOf(`${method} ${ONE}`, {
      rawPath: `/memories/ann/entity/${encodeURIComponent(key)}`,
      pathParameters: { scope: 'ann', category: 'entity', key },
      ...more,
    }),
  );

it.each(['寿司', 'c++', 'aña', '𝒳-ray'.normalize('NFKC').toLowerCase()])(
  'the key %s names a memory in an event of the gateway',
  async (key) => {
    const body = JSON.stringify({ text: `About ${key}.` });
    expect(await ask('PUT', key, { body })).toMatchObject({ status: 200, body: { key } });
    expect(await ask('GET', key)).toMatchObject({ status: 200, body: { key, text: `About ${key}.` } });
    expect(await ask('DELETE', key)).toEqual({ status: 204, body: undefined, bytes: 0 });
    expect(await ask('DELETE', key)).toMatchObject({ status: 404 });
  },
);

it('a key in another form of Unicode is refused, with the one that would do', async () => {
  const answer = await ask('GET', 'aña'.normalize('NFD'));
  expect(answer.status).toBe(400);
  expect(problem(answer).errors).toMatchObject([{ field: 'key', message: expect.stringContaining("'aña'") }]);
});
