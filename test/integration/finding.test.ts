import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalWorld, localWorld } from '../support/local-world.ts';

let world: LocalWorld;
beforeAll(async () => {
  world = await localWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

describe('finding again on the embedded stack', () => {
  it('gives one session what another has taught, and finds where it was said', async () => {
    const { client } = world;
    for (const session of ['monday', 'tuesday']) await client.createSession(session, { scope: 'robin' });
    await world.say('monday', 'My name is Robin. I prefer green tea to coffee.');
    const { commitId } = await client.requestCommit('monday');
    expect(await world.ended('monday', commitId)).toMatchObject({ state: 'completed' });
    await world.say('tuesday', 'Which tea do I prefer?');

    const { memories, messages, tokens } = await client.getContext('tuesday', { tokenBudget: 1_000 });
    expect(messages).toMatchObject([{ content: 'Which tea do I prefer?' }]);
    expect(memories).toContainEqual(
      expect.objectContaining({
        text: expect.stringContaining('green tea'),
        by: expect.objectContaining({ kind: 'archive', session: 'monday', archive: 1 }),
      }),
    );
    expect(tokens).toBeLessThanOrEqual(1_000);
    const ready = await client.getContextMessages('tuesday', { query: '緑茶 tea' });
    expect(ready.messages).toMatchObject([
      { role: 'system', content: expect.stringContaining('green tea') },
      { role: 'user', content: 'Which tea do I prefer?' },
    ]);
    expect((await client.getContextText('tuesday')).text).toMatch(
      /green tea[\s\S]*\n\nuser: Which tea do I prefer\?$/,
    );

    expect((await client.searchMemories('robin', 'green tea')).hits[0]?.text).toContain('green tea');
    expect((await client.searchSession('monday', 'green tea')).hits).toMatchObject([
      {
        state: 'archived',
        archive: 1,
        position: 1,
        role: 'user',
        snippet: expect.stringContaining('green tea'),
      },
    ]);
    expect((await client.searchSession('tuesday', 'coffee')).hits).toEqual([]);
  });
});
