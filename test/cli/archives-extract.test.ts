import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModelServer, modelServer } from '../model/language/model-server.ts';
import { saying } from '../model/language/replies.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';
import { type CliWorld, cliWorld } from './cli-world.ts';

let server: ModelServer;
let world: CliWorld;
/** What the model says of each archive, by a word of its conversation. */
let answers: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  server = await modelServer((asked) => {
    if (!asked.response_format) return saying('They talked.');
    const text = asked.messages.at(-1)?.content ?? '';
    const [, messageId] = /message (\S+) \|/.exec(text) ?? [];
    const said = Object.entries(answers).filter(([word]) => text.includes(`I know ${word}`));
    const fact = { retracts: false, contradicts: false, confidence: 1, messageId, category: 'entity' };
    return saying({ memories: said.map(([key, known]) => ({ ...fact, key, text: known })) });
  });
  const context = { 'commitlane:model': 'openai-compatible:small', 'commitlane:modelUrl': server.baseUrl };
  world = await cliWorld({ context });
  answers = { tom: 'Tom is a cat.', ana: 'Ana is a friend.' };
  for (const word of ['tom', 'ana']) await commit('pets', `I know ${word}.`);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

async function commit(session: string, text: string) {
  await world.client.createSession(session);
  await world.say(session, text);
  const { commitId } = await world.client.requestCommit(session);
  expect(await world.ended(session, commitId)).toMatchObject({ state: 'completed' });
}

const memories = async () => {
  const { memories: all } = await world.client.listMemories('ann');
  return Object.fromEntries(all.map(({ key, text }) => [key, text]));
};

const extract = (...args: string[]) =>
  world.run('archives', 'extract', '--session', 'pets', '--local', ...args);

describe('commitlane archives extract', () => {
  it('shows what would change, and changes nothing, until what it found is merged', async () => {
    answers = { tom: 'Tom is a dog.', ana: 'Ana is a friend.' };
    const { code, stdout } = await extract('--archive', '1', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('archive 1  0 added, 1 changed, 0 removed  openai-compatible:small');
    expect(stdout).toContain('  - entity tom: Tom is a cat.\n  + entity tom: Tom is a dog.');
    expect(await memories()).toEqual({ tom: 'Tom is a cat.', ana: 'Ana is a friend.' });

    const asked = server.asked.length;
    const { extractionId = '' } = await world.client.getExtraction('pets', 1);
    await world.client.requestExtraction('pets', 1, { apply: extractionId });
    await expect
      .poll(async () => (await world.client.getExtraction('pets', 1)).state, {
        timeout: safetyTimeouts.conditionMs,
      })
      .toBe('merged');
    expect(await memories()).toEqual({ tom: 'Tom is a dog.', ana: 'Ana is a friend.' });
    expect(server.asked).toHaveLength(asked);
  });

  it('replaces what all archives say, one after the other, and counts them', async () => {
    answers = { tom: 'Tom is a dog.', ana: 'Ana is a sister.' };
    const { code, stdout } = await extract('--all', '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain('archive 1  nothing changes');
    expect(stdout).toContain('archive 2: its statements are replaced.');
    expect(stdout).toContain('2 archives: 2 replaced.');
    expect(await memories()).toEqual({ tom: 'Tom is a dog.', ana: 'Ana is a sister.' });
  });

  it('gives one document, and begins where it is told', async () => {
    const { code, document } = await world.ask(
      ...['archives', 'extract', '--session', 'pets', '--all', '--from', '2', '--dry-run'],
    );
    expect(code).toBe(0);
    expect(document).toMatchObject({
      ...{ tenant: 'acme', session: 'pets', dryRun: true, counts: { found: 1, failed: 0 } },
      archives: [
        {
          ...{ archive: 2, outcome: 'found' },
          extraction: { state: 'found', difference: { added: [], unchanged: 1 } },
        },
      ],
    });
  });

  it('ends the waiting in time, says what is under way, and where to continue', async () => {
    const { code, stdout } = await extract('--all', '--dry-run', '--timeout', '0s');
    expect(code).toBe(1);
    expect(stdout).toContain('archive 1: still under way.');
    expect(stdout).toContain('Continue with --from 1.');
  });

  it('refuses at once what it cannot do', async () => {
    expect(await world.run('archives', 'extract', '--all', '--local')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Which session?'),
    });
    expect(await extract()).toMatchObject({ code: 2, stderr: expect.stringContaining('Which archives?') });
    expect(await extract('--archive', '1')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('give --yes to continue'),
    });
    expect(await extract('--archive', '9', '--yes')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Session 'pets' has no archive 9"),
    });
  });
});
