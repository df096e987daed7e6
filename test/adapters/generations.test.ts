import { describe, expect, it } from 'vitest';
import { generations } from '../../lib/adapters/generations/index.ts';
import { appendHistory, readHistory } from '../../lib/adapters/history/index.ts';
import { type AdapterWorld, adapterWorld, type Plan } from './adapter-world.ts';

const SESSION = 'chat-42';

function open(world: AdapterWorld, plan: Plan = {}) {
  const started = world.process(plan);
  const { client } = started;
  const session = generations(client, SESSION);
  return {
    started,
    clear: session.clear,
    say: (content: string) =>
      session.run(async (id) => {
        await appendHistory(client, id, [{ role: 'user', content }]);
      }),
    async read() {
      const messages = await session.read((id) => readHistory(client, id));
      return messages.map(({ content }) => content);
    },
  };
}

describe('a session that is cleared', () => {
  it('is found again by few requests, however often that was', async () => {
    const world = await adapterWorld();
    const cleared = 40;
    const { say, clear } = open(world);
    for (let times = 1; times <= cleared; times += 1) {
      await say(`before ${times}`);
      await clear();
    }
    await say('after');
    const late = open(world);
    expect(await late.read()).toEqual(['after']);
    // Two requests find out that a session was deleted.
    expect(late.started.requests).toBeLessThan(4 * Math.log2(cleared) + 10);
    const { requests } = late.started;
    await late.read();
    expect(late.started.requests).toBe(requests + 1);
  });

  it('is cleared once by two processes that do so at once, before whichever request', async () => {
    for (let at = 1; at <= 4; at += 1) {
      const world = await adapterWorld();
      const other = open(world);
      await other.say('one');
      let isClearing = true;
      const mine = open(world, {
        async before(request) {
          if (isClearing && request === at) await other.clear();
        },
      });
      await mine.clear();
      isClearing = false;
      await open(world).say('two');
      expect([await mine.read(), await other.read(), await open(world).read()]).toEqual(
        Array.from({ length: 3 }, () => ['two']),
      );
    }
  });

  it('takes what is said while it is cleared, before or after', async () => {
    for (let at = 1; at <= 4; at += 1) {
      const world = await adapterWorld();
      const other = open(world);
      await other.say('one');
      const mine = open(world, {
        async before(request) {
          if (request === at) await other.clear();
        },
      });
      await mine.say('two');
      const left = await open(world).read();
      expect(left).toEqual(mine.started.requests < at ? ['one', 'two'] : ['two']);
    }
  });
});
