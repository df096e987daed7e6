import { expect, it } from 'vitest';
import { commitlaneClient } from '../../lib/client/index.ts';
import { type EmbedderServer, embedderServer } from '../support/embedder-server.ts';
import { localWorld, patience } from '../support/local-world.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';

/** A stack that embeds with this server. */
const worldWith = ({ baseUrl }: EmbedderServer) =>
  localWorld({
    context: {
      'commitlane:embeddingModel': 'openai-compatible:small',
      'commitlane:embeddingUrl': baseUrl,
      'commitlane:embeddingDimensions': '256',
    },
  });

it('memories and messages are found by what they mean, each by those whose they are alone', async () => {
  await using server = await embedderServer();
  await using world = await worldWith(server);
  const { client } = world;
  await client.createSession('monday', { scope: 'robin' });
  await world.say('monday', 'I prefer automobile shows to football.', 'It rains.');
  const { commitId } = await client.requestCommit('monday');
  expect(await world.ended('monday', commitId)).toMatchObject({ state: 'completed' });

  await expect
    .poll(() => client.searchSession('monday', 'which vehicle'), { timeout: safetyTimeouts.conditionMs })
    .toMatchObject({
      ranking: 'words-and-meaning',
      hits: [{ archive: 1, position: 1, snippet: 'I prefer automobile shows to football.' }],
    });
  const found = await client.searchMemories('robin', 'which vehicle');
  expect(found).toMatchObject({ ranking: 'words-and-meaning', hits: [{ category: 'preference' }] });
  expect(found.hits[0]?.text).toContain('automobile');
  const { memories } = await client.getContext('monday', { query: 'which vehicle' });
  expect(memories.map(({ text }) => text)).toContainEqual(expect.stringContaining('automobile'));

  const pet = { category: 'preference', key: 'pet' } as const;
  await client.editMemory('robin', pet, 'Robin has a hound.');
  expect((await client.searchMemories('robin', 'puppy')).hits).toMatchObject([{ key: 'pet' }]);
  await client.editMemory('robin', pet, 'Robin has a cat.');
  expect((await client.searchMemories('robin', 'puppy')).hits).toEqual([]);

  const other = { baseUrl: world.stack.apiUrl, ...patience };
  const rival = commitlaneClient({
    ...other,
    token: () => world.stack.mintToken({ tenant: 'acme2', sub: 'robin' }),
  });
  for (const [one, session, scope] of [
    [client, 'monday-2', 'robin-2'],
    [rival, 'monday', 'robin'],
  ] as const) {
    await one.createSession(session, { scope });
    const [messages, others] = [
      await one.searchSession(session, 'vehicle'),
      await one.searchMemories(scope, 'vehicle'),
    ];
    expect([messages, others]).toMatchObject([
      { ranking: 'words-and-meaning', hits: [] },
      { ranking: 'words-and-meaning', hits: [] },
    ]);
  }
});

it('a server that hangs holds up no commit, and searches are answered by words', async () => {
  await using server = await embedderServer(() => () => undefined);
  await using world = await worldWith(server);
  const { client } = world;
  await client.createSession('monday', { scope: 'robin' });
  await world.say('monday', 'I prefer a car to the bus.');
  const { commitId } = await client.requestCommit('monday');
  expect(await world.ended('monday', commitId)).toMatchObject({ state: 'completed' });
  expect(await client.searchSession('monday', 'car')).toMatchObject({
    ranking: 'words',
    hits: [{ position: 1 }],
  });
  expect(await client.searchMemories('robin', 'car')).toMatchObject({ ranking: 'words' });
  expect(world.logs.join('\n')).toContain('search.by-words-alone');
});
