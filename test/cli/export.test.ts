import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliWorld, cliWorld } from './cli-world.ts';

let here: CliWorld;
let there: CliWorld;
beforeAll(async () => {
  [here, there] = await Promise.all([cliWorld(), cliWorld()]);
  await here.client.createSession('tea', { scope: 'ann', title: 'Tea' });
  await here.say('tea', 'I prefer tea to coffee.', 'I live in Rome.');
  const { commitId } = await here.client.requestCommit('tea');
  await here.ended('tea', commitId);
  await here.say('tea', 'And now?');
  await here.client.createSession('rome', { scope: 'ann' });
  await here.client.append('rome', [{ role: 'user', content: 'Ciao!', metadata: { page: 3 } }]);
});
afterAll(async () => {
  await here?.[Symbol.asyncDispose]();
  await there?.[Symbol.asyncDispose]();
});

const exported = (...args: string[]) => here.run('export', '--local', ...args);

describe('commitlane export', () => {
  it('prints a session, archived and live messages in order, that import brings into another stack unchanged', async () => {
    const file = path.join(here.folder, 'ann.jsonl');
    const { code, stdout } = await exported('--scope', 'ann', '--memories', '--output', file);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/ann\.jsonl holds 4 messages of 2 sessions and \d+ of the scope's memories\.\n$/),
    ]);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    const kinds = lines.map((line) => JSON.parse(line).kind);
    expect(new Set(kinds)).toEqual(new Set(['session', 'message', 'memory']));

    const imported = await there.run('import', file, '--local', '--yes', '--commit', 'none');
    expect(imported.code).toBe(0);
    expect(imported.stdout).toContain('with memories: they are not imported');
    for (const session of ['tea', 'rome']) {
      const [first, second] = [here, there].map((world) =>
        world.run('export', '--local', '--session', session),
      );
      expect((await second)?.stdout).toBe((await first)?.stdout);
    }
    const tea = (await exported('--session', 'tea')).stdout.trimEnd().split('\n');
    expect(tea.map((line) => JSON.parse(line).content ?? JSON.parse(line).title)).toEqual([
      'Tea',
      'I prefer tea to coffee.',
      'I live in Rome.',
      'And now?',
    ]);
  });

  it('overwrites no file, and leaves none behind when it fails', async () => {
    const file = path.join(here.folder, 'tea.jsonl');
    const none = await exported('--session', 'none', '--output', file);
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining("'none'")]);
    expect((await readdir(here.folder)).filter((name) => name.startsWith('tea'))).toEqual([]);
    const first = await here.ask('export', '--session', 'tea', '--output', file);
    expect(first).toEqual({
      code: 0,
      document: { file, sessions: 1, messages: 3, memories: 0, unreadable: [] },
    });
    const second = await exported('--session', 'tea', '--output', file);
    expect([second.code, second.stderr]).toEqual([2, expect.stringContaining('it exists already')]);
  });

  it.each([
    [[], 'Export what? Give either --session or --scope.'],
    [['--session', 'tea', '--memories'], '--memories needs --scope'],
    [['--session', 'tea', '--json'], '--json needs --output'],
  ])('refuses what cannot be meant: %j', async (args, words) => {
    const { code, stderr } = await exported(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});
