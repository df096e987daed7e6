import { expect, it } from 'vitest';
import { embedderServer } from '../support/embedder-server.ts';
import { localWorld } from '../support/local-world.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';

const KEY = 'secret-of-the-embedder';

it('what is said in other words is found by the server that the deployment names, with its key', async () => {
  await using server = await embedderServer();
  await using world = await localWorld({
    embedding: { name: 'openai-compatible:small', url: server.baseUrl, key: KEY, dimensions: 64 },
    context: { 'commitlane:redact': 'model' },
  });
  await world.client.createSession('garage');
  await world.say(
    'garage',
    'I bought a new automobile last week.',
    'My cats sleep all day. The password is hunter2-Tuesday.',
    'We painted our garden fence green.',
  );
  const { commitId } = await world.client.requestCommit('garage');
  expect(await world.ended('garage', commitId)).toMatchObject({ state: 'completed' });

  // On a busy machine, a query may take too long; the model is then left alone for a minute.
  const search = () => world.client.searchSession('garage', 'which car?');
  await expect
    .poll(async () => (await search()).ranking, { timeout: safetyTimeouts.conditionMs, interval: 1_000 })
    .toBe('words-and-meaning');
  const found = await search();
  expect(found.hits[0]?.snippet).toContain('automobile');

  expect(new Set(server.asked.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${KEY}`]));
  expect(new Set(server.asked.map(({ dimensions }) => dimensions))).toEqual(new Set([64]));
  const sent = server.asked.flatMap(({ input }) => input).join('\n');
  expect(sent).toContain('automobile');
  expect(sent, 'the deployment keeps secrets from models').not.toContain('hunter2');
  expect(world.logs.join('\n')).not.toContain(KEY);
});
