import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliWorld, cliWorld } from './cli-world.ts';

let world: CliWorld;
beforeAll(async () => {
  world = await cliWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

async function write(name: string, ...lines: readonly object[]): Promise<string> {
  const file = path.join(world.folder, name);
  await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
}

const said = (session: string, ...texts: string[]) =>
  texts.map((content, index) => ({ session, role: 'user', content, at: `2020-01-01T00:00:0${index}.000Z` }));

const transfer = (...args: string[]) => world.run('import', '--local', '--scope', 'ann', ...args);

describe('commitlane import', () => {
  it('says what there is to import, and writes nothing, with --dry-run', async () => {
    const file = await write('plan.jsonl', ...said('planned', 'One.', 'Two.'));
    const { code, stdout } = await transfer(file, '--dry-run');
    expect([code, stdout]).toEqual([
      0,
      '1 file with 1 session of acme and 2 messages:\n  1 new, 0 in part stored, 0 stored; 2 messages to import\n',
    ]);
    await expect(world.client.getSession('planned')).rejects.toMatchObject({ code: 'session-not-found' });
  });

  it('asks before it begins', async () => {
    const { code, stderr } = await transfer(await write('ask.jsonl', ...said('asked', 'One.')));
    expect(code).toBe(2);
    expect(stderr).toContain('There is no terminal to ask on: give --yes to continue, or --dry-run.');
  });

  it('imports and commits, and the next time finds all of it stored', async () => {
    const lines = said('tea', 'I prefer tea to coffee.', 'I live in Rome.');
    const file = await write('tea.jsonl', ...lines);
    const first = await world.ask('import', file, '--yes', '--tenant', 'acme', '--scope', 'ann');
    expect(first).toMatchObject({
      code: 0,
      document: {
        imported: { done: 2, imported: 2, sessions: 1, commits: { completed: 1, failed: 0, pending: 0 } },
      },
    });
    expect((await world.client.getArchive('tea', 1)).messages).toMatchObject(
      lines.map(({ content, at }) => ({ content, at })),
    );
    const { code, stdout } = await transfer(file, '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain('0 new, 0 in part stored, 1 stored; 0 messages to import');
    expect(stdout).toContain('0 messages imported; 1 session complete.');
  });

  it('names every line that is wrong', async () => {
    const file = await write('wrong.jsonl', ...said('wrong', 'One.'), { role: 'nobody', content: '' });
    const { code, stdout } = await transfer(file, '--yes');
    expect(code).toBe(1);
    expect(stdout).toMatch(/wrong\.jsonl, line 2: role: .*it is "nobody"/);
    await expect(world.client.getSession('wrong')).rejects.toMatchObject({ code: 'session-not-found' });
  });

  it('writes nothing when a session holds other messages', async () => {
    await world.client.createSession('mine');
    await world.client.append('mine', [{ role: 'user', content: 'Mine.' }]);
    const file = await write('mine.jsonl', ...said('mine', 'Other.'), ...said('fresh', 'One.'));
    const { code, stdout } = await transfer(
      file,
      '--yes',
      '--scope',
      (await world.client.getSession('mine')).scope,
    );
    expect(code).toBe(1);
    expect(stdout).toContain('Session mine: it exists, and its message 1');
    expect(stdout).toContain('Nothing was written.');
    await expect(world.client.getSession('fresh')).rejects.toMatchObject({ code: 'session-not-found' });
  });
});
