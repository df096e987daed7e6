import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EmbedderServer, embedderServer } from '../support/embedder-server.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';
import { type CliWorld, cliWorld } from './cli-world.ts';

let server: EmbedderServer;
let world: CliWorld;
let isDown = true;

beforeAll(async () => {
  server = await embedderServer(() =>
    isDown ? (response) => void response.writeHead(500).end('Out of order.') : undefined,
  );
  world = await cliWorld({
    context: {
      'commitlane:embeddingModel': 'openai-compatible:small',
      'commitlane:embeddingUrl': server.baseUrl,
    },
  });
  await commit('cars', 'I am Ann. My automobile is red.');
  await commit('films', 'We saw a movie.');
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

/** Its follow-up cannot embed it. */
async function commit(session: string, text: string) {
  await world.client.createSession(session);
  await world.say(session, text);
  const { commitId } = await world.client.requestCommit(session);
  expect(await world.ended(session, commitId)).toMatchObject({ state: 'completed' });
  const key = { tenant: 'acme', session };
  const isSkipped = async () =>
    (await world.store.readManifest(key, 1))?.followUp.embedding?.outcome === 'skipped';
  await vi.waitUntil(isSkipped, { timeout: safetyTimeouts.conditionMs, interval: 20 });
}

const backfill = (...args: string[]) => world.run('search', 'backfill', '--local', ...args);
const ask = (...args: string[]) => world.ask('search', 'backfill', ...args);

describe('commitlane search backfill', () => {
  it('says what it takes, and embeds nothing, with --dry-run', async () => {
    const asked = server.asked.length;
    const { code, stdout } = await backfill('--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('Not embedded by openai-compatible:small@256:');
    expect(stdout).toMatch(/\d+ messages of 2 archives, in 2 sessions/);
    expect(stdout).toMatch(
      /estimated: \d+ tokens in \d+ batches, and \d+ W: less than 0\.01 \$ at 0\.625 \$/,
    );
    expect(stdout).toContain("The model's own price comes on top");
    expect(server.asked).toHaveLength(asked);
  });

  it('asks before it begins', async () => {
    expect(await backfill()).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        'There is no terminal to ask on: give --yes to continue, or --dry-run.',
      ),
    });
  });

  it('stops with the reason at a model that does not answer, after a few attempts', async () => {
    const { code, stdout } = await backfill('--yes');
    expect(code).toBe(1);
    expect(stdout).toMatch(/Stopped after 0 of \d+: .*small/);
    expect(stdout).toContain('Nothing is lost: the same command continues with what is left.');
  });

  it('ends at Ctrl-C, and says how far it is', { timeout: safetyTimeouts.testMs }, async () => {
    const asked = server.asked.length;
    const { child, ended } = world.start(['search', 'backfill', '--local', '--yes']);
    await server.untilAsked(asked + 1);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    expect(stdout).toMatch(/Stopped after 0 of \d+: It was interrupted\./);
  });

  it('embeds of one tenant, and of all, what is left', async () => {
    isDown = false;
    const others = await ask('--yes', '--tenant', 'others');
    expect(others).toMatchObject({ code: 0, document: { estimate: { messages: 0, memories: 0 } } });
    const { code, document } = await ask('--yes', '--tenant', 'acme');
    expect(code).toBe(0);
    expect(document).toMatchObject({
      embedder: 'openai-compatible:small@256',
      estimate: { sessions: 2, archives: 2 },
      embedded: { archives: 2, archivesGone: 0, failures: [] },
    });
    expect(document.embedded.messages).toBe(document.estimate.messages);
    expect(document.embedded.memories).toBe(document.estimate.memories);
    const { stdout } = await backfill('--yes');
    expect(stdout).toBe('Everything is embedded by openai-compatible:small@256.\n');
  });
});

describe('a stack without an embedding model', () => {
  it('says how it gets one', async () => {
    await using plain = await cliWorld();
    const { code, stderr } = await plain.run('search', 'backfill', '--local', '--yes');
    expect(code).toBe(1);
    expect(stderr).toContain('has no embedding model');
    expect(stderr).toContain('-c commitlane:embeddingModel=');
  });
});
