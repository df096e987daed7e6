import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/clock/index.ts';
import { type CliWorld, cliWorld } from './cli-world.ts';
import { runHere, typing } from './streams.ts';

let world: CliWorld;
beforeAll(async () => {
  world = await cliWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** Runs a command in this process, on the scope of somebody. */
function of(scope: string) {
  let ids = 0;
  const run = (args: readonly string[], more: Parameters<typeof runHere>[1] = {}) =>
    runHere(['memories', ...args, '--scope', scope, '--local'], {
      discoveryFile: world.discoveryFile,
      clock: systemClock,
      newId: () => `${scope}-${++ids}`,
      ...more,
    });
  return {
    run,
    async ask(...args: string[]) {
      const { code, stdout } = await run([...args, '--json']);
      return { code, document: JSON.parse(stdout) };
    },
  };
}

const operator = expect.stringMatching(/^operator:local user ./);

describe('the memories of a scope on the command line', () => {
  it('are shown as a conversation made them, with the archive and the message', async () => {
    const { ask, run } = of('oslo');
    const { ask: appended } = world;
    await appended('append', 'chat', 'I live in Oslo.', '--create', 'oslo');
    expect(await appended('commit', 'chat', '--watch')).toMatchObject({ code: 0 });
    const { document } = await ask('list');
    const [memory] = document.memories;
    expect(memory).toMatchObject({
      category: 'profile',
      by: { kind: 'archive', session: 'chat', archive: 1 },
    });
    const name = `${memory.category}/${memory.key}`;
    const shown = await run(['show', name]);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toContain(`${name} of oslo (acme)\n`);
    expect(shown.stdout).toMatch(/said \(in force\), by chat, archive 1, message \S+ \(offline/);
    expect((await run(['list', '--category', 'preference'])).stdout).toBe('There are no such memories.\n');
  });

  it('are corrected, forgotten and restored, and say by whom', async () => {
    const { ask, run } = of('ann');
    expect(await run(['edit', 'profile/home-city', 'Ann lives in Bergen.'])).toMatchObject({
      code: 0,
      stdout: 'profile/home-city says now: Ann lives in Bergen.\n',
    });
    expect((await run(['forget', 'profile/home-city'])).stdout).toMatch(/^profile\/home-city is forgotten/);
    expect((await ask('list')).document).toEqual({ tenant: 'acme', scope: 'ann', memories: [] });
    expect((await run(['list', '--forgotten'])).stdout).toMatch(/profile\/home-city .* \(forgotten\)/);
    expect(await ask('restore', 'profile/home-city')).toMatchObject({
      code: 0,
      document: { scope: 'ann', text: 'Ann lives in Bergen.', by: { kind: 'person', who: operator } },
    });
    const { document } = await ask('show', 'profile/home-city');
    expect(document.history).toMatchObject([
      { restores: true, by: { who: operator } },
      { retracts: true, by: { who: operator } },
      { text: 'Ann lives in Bergen.', isInForce: true },
    ]);
  });

  it('have keys of every script, in any form of Unicode, and are found by words', async () => {
    const { ask, run } = of('anna');
    for (const [name, text] of [
      ['preference/寿司', 'アンは寿司が好きです。'],
      ['entity/aña', 'Aña is a friend.'],
      ['entity/c++', 'Anna writes C++.'],
    ] as const) {
      expect(await run(['edit', name, text])).toMatchObject({ code: 0, stderr: '' });
    }
    expect((await ask('show', 'entity/aña'.normalize('NFD'))).document).toMatchObject({ key: 'aña' });
    const listed = async (...args: string[]) =>
      (await ask('list', ...args)).document.memories.map(({ key }: { key: string }) => key);
    expect(await listed('--words', 'friend')).toEqual(['aña']);
    expect(await listed('--category', 'preference')).toEqual(['寿司']);
    const first = await ask('list', '--limit', '2');
    expect(await listed('--after', first.document.nextAfter)).toEqual(['寿司']);
  });

  it('are found by what they say, the nearest first', async () => {
    const { ask, run } = of('eva');
    await run(['edit', 'preference/drink', 'Eva drinks green tea.']);
    await run(['edit', 'preference/car', 'Eva has a green car.']);
    const { document } = await ask('search', 'green tea');
    expect(document).toMatchObject({
      scope: 'eva',
      hits: [{ key: 'drink', score: expect.any(Number), by: { who: operator } }, { key: 'car' }],
    });
    expect((await run(['search', 'tea', '--limit', '1'])).stdout).toMatch(
      /^MEMORY +SAID +BY +TEXT\npreference\/drink .* Eva drinks green tea\.\n$/,
    );
    expect((await run(['search', 'tea', '--category', 'event'])).stdout).toBe('No such memory was found.\n');
    expect(await run(['search', ' '])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('1 to 1000 characters'),
    });
  });

  it.each([
    ['show', []],
    ['forget', []],
    ['restore', []],
  ])('that are not there cannot be taken by %s', async (command, more) => {
    const { run } = of('nobody');
    const { code, stdout, stderr } = await run([command, 'profile/home-city', ...more, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'memory-not-found' } });
    expect(stderr).toMatch(/has no memory 'home-city'.*commitlane memories list --forgotten/);
  });

  it('are not restored while they hold', async () => {
    const { run } = of('bo');
    await run(['edit', 'profile/name', 'Bo is called Bo.']);
    expect(await run(['restore', 'profile/name'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/was not taken back.*commitlane memories edit/),
    });
  });

  it('are erased once somebody has said yes', async () => {
    const { ask, run } = of('cy');
    const listed = async () => (await ask('list')).document.memories.length;
    await run(['edit', 'profile/name', 'Cy is called Cy.']);
    const unasked = await run(['erase']);
    expect(unasked.code).toBe(2);
    expect(unasked.stderr).toMatch(
      /Erase all memories of cy \(tenant acme\) on commitlane-dev, for good\? There is no terminal to ask on: give --yes/,
    );
    expect(await run(['erase'], { stdin: typing('n') })).toMatchObject({
      code: 1,
      stdout: 'Nothing was erased.\n',
    });
    expect(await listed()).toBe(1);
    const erased = await run(['erase'], { stdin: typing('y') });
    expect(erased).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^The memories of cy are erased/),
    });
    expect(await listed()).toBe(0);
    expect(await ask('erase', '--yes')).toMatchObject({ code: 0, document: { scope: 'cy', erased: true } });
    await run(['edit', 'profile/name', 'Cy is called Cyrus.']);
    expect(await listed()).toBe(1);
  });
});
