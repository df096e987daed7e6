import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitlaneClient } from '../../lib/client/index.ts';
import { collect } from '../client/collect.ts';
import { type LocalWorld, localWorld, patience } from '../support/local-world.ts';

let world: LocalWorld;
beforeAll(async () => {
  world = await localWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

describe('memories on the embedded stack', () => {
  it.each(['寿司', 'c++', 'aña', 'home-city', 'नमस्ते'])(
    'are entered, corrected, taken back, restored and erased by people (%s)',
    async (key) => {
      const { client } = world;
      const subject = { category: 'preference', key };
      const scope = `scope-${Buffer.from(key).toString('hex')}`;
      expect(await client.editMemory(scope, subject, 'One')).toMatchObject({ ...subject, text: 'One' });
      await client.editMemory(scope, subject, 'Two');
      await client.editMemory(scope, subject, 'Two');
      await client.forgetMemory(scope, subject);
      expect(await collect(client.memories(scope))).toEqual([]);
      expect(await collect(client.memories(scope, { forgotten: true }))).toMatchObject([
        { ...subject, forgotten: true },
      ]);
      expect(await client.restoreMemory(scope, subject)).toMatchObject({ text: 'Two' });
      const said = await collect(client.memoryStatements(scope, subject, { limit: 1 }));
      expect(said.map(({ stance, text = stance }) => text)).toEqual(['restores', 'retracts', 'Two', 'One']);
      for (const { by } of said) expect(by).toEqual({ kind: 'person', who: 'ann' });
      await client.eraseMemory(scope, subject);
      await client.eraseMemory(scope, subject);
      await expect(client.getMemory(scope, subject)).rejects.toMatchObject({
        status: 404,
        code: 'memory-not-found',
      });
    },
  );

  it('stay as a person has corrected them, whatever the conversation had said', async () => {
    const { client } = world;
    await client.createSession('tea', { scope: 'robin' });
    await world.say('tea', 'My name is Robin. I prefer tea to coffee.');
    const { commitId } = await client.requestCommit('tea');
    expect(await world.ended('tea', commitId)).toMatchObject({ state: 'completed' });
    const [found] = await collect(client.memories('robin', { limit: 1 }));
    if (!found) throw new Error('nothing was remembered');
    const { category, key } = found;
    const bob = commitlaneClient({
      baseUrl: world.stack.apiUrl,
      token: () => world.tokenOf('bob'),
      ...patience,
    });
    await bob.editMemory('robin', { category, key }, 'Something else holds.');
    const memory = await client.getMemory('robin', { category, key });
    expect(memory).toMatchObject({ text: 'Something else holds.', by: { kind: 'person', who: 'bob' } });
    expect(memory.statements).toMatchObject([
      { text: 'Something else holds.' },
      { stance: 'asserts', text: found.text, by: { kind: 'archive', session: 'tea', archive: 1 } },
    ]);
    await client.eraseMemories('robin');
    expect(await client.listMemories('robin', { forgotten: true })).toEqual({ scope: 'robin', memories: [] });
  });

  it('hold no secret that a person enters', async () => {
    const entering = world.client.editMemory(
      'ann',
      { category: 'profile', key: 'card' },
      '4539 1488 0343 6467',
    );
    await expect(entering).rejects.toMatchObject({ status: 400, code: 'secret-in-memory' });
  });

  it('are logged as entered and erased, without key and text', async () => {
    const subject = { category: 'profile', key: 'swordfish' };
    await world.client.editMemory('ann', subject, 'Ann fishes for swordfish.');
    await world.client.eraseMemory('ann', subject);
    await expect
      .poll(() => world.logs.filter((line) => line.includes('memory.erased')))
      .toEqual(expect.arrayContaining([expect.stringMatching(/"scope":"ann"/)]));
    expect(world.logs.join('\n')).not.toContain('swordfish');
  });
});
