import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commitlaneClient } from '../../lib/client/index.ts';
import { scriptedServer } from '../client/scripted-server.ts';
import { type ExampleWorld, exampleWorld } from './example-world.ts';

let world: ExampleWorld;
beforeAll(async () => {
  world = await exampleWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const accessSchema = z.object({ apiUrl: z.url(), token: z.string(), sub: z.string() });
const agent = 'examples/node-agent/agent.ts';
const worker = 'examples/back-end-worker/worker.ts';

/** The status of an answer to a request with these headers, which fetch would not send. */
async function statusOf(url: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  request(url, { headers }, (response) => {
    response.resume();
    resolve(response.statusCode);
  })
    .on('error', reject)
    .end();
  return promise;
}

describe('the server of the chat page', () => {
  it('gives the page a token of the user, with whom a second session knows what the first one said', async () => {
    await using chat = await world.openChat('--user', 'rob');
    const { apiUrl, token, sub } = accessSchema.parse(await (await fetch(`${chat.url}/access`)).json());
    expect(sub).toBe('rob');
    const client = commitlaneClient({ baseUrl: apiUrl, token });
    await client.createSession('first');
    await client.append('first', [{ role: 'user', content: 'I am allergic to hazelnuts.' }]);
    const { commitId } = await client.requestCommit('first');
    await world.ended('first', commitId);
    await client.createSession('second');
    await client.append('second', [{ role: 'user', content: 'What do you know about me?' }]);
    const { messages } = await client.getContextMessages('second');
    const answer = await fetch(`${chat.url}/answer`, { method: 'POST', body: JSON.stringify({ messages }) });
    expect(await answer.text()).toContain('You told me that you are allergic to hazelnuts.');
  });

  it('asks a model for the page, with the key that the page does not have', async () => {
    const part = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
    await using model = await scriptedServer([
      { status: 200, text: `${part('Te')}${part('a!')}data: [DONE]\n\n` },
    ]);
    await using chat = await world.openChat('--model', 'm1', '--model-url', `${model.baseUrl}/v1`);
    const body = JSON.stringify({ messages: [{ role: 'user', content: 'What do I drink?' }] });
    expect(await (await fetch(`${chat.url}/answer`, { method: 'POST', body })).text()).toBe('Tea!');
    const [sent] = model.received;
    expect(sent?.url).toBe('/v1/chat/completions');
    expect(JSON.parse(sent?.body ?? '')).toMatchObject({
      ...{ model: 'm1', stream: true },
      messages: [{ role: 'user', content: 'What do I drink?' }],
    });
  });

  it('answers its own page alone', async () => {
    await using chat = await world.openChat();
    const access = `${chat.url}/access`;
    expect(await statusOf(access, { host: 'localhost:4700' })).toBe(200);
    expect(await statusOf(access, { host: 'rebound.example:4700' })).toBe(403);
    expect(await statusOf(access, { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect((await fetch(`${chat.url}/server.ts`)).status).toBe(404);
  });

  it('ends with Ctrl-C', async () => {
    const chat = await world.openChat();
    expect(await chat.end()).toBe(0);
  });

  it.each([
    ['examples/chat-page/server.ts', []],
    [agent, []],
    [worker, ['s']],
  ])('or another example says what to do when there is no stack: %s', async (script, args) => {
    const { code, stderr } = await world.runWithoutStack(script, ...args);
    expect(code).toBe(1);
    expect(stderr).toContain('npx commitlane start');
  });
});

describe('the agent', () => {
  it('appends its calls and results, and knows in a second run what the first was told', async () => {
    const first = await world.run(agent, 'I am allergic to hazelnuts. Which cakes do you have?');
    expect(first).toMatchObject({ code: 0, stdout: 'You may have: apple cake, almond tart.\n' });
    const second = await world.run(agent, 'Which cake may I have today?');
    expect(second.stderr).toContain('find_cakes({"without":["hazelnuts"]})');
    const { sessions } = await world.client.listSessions({ scope: 'ann' });
    const run = sessions.find(({ title }) => title === 'Which cake may I have today?');
    const { archives } = await world.contents(run?.sessionId ?? '');
    expect(archives).toHaveLength(1);
    expect(JSON.stringify(archives)).toContain('You may have: apple cake, almond tart.');
  });
});

describe('the worker', () => {
  it('has sessions committed by the queue', async () => {
    await world.client.createSession('order-1');
    await world.say('order-1', 'one');
    const { code, stdout } = await world.run(worker, 'order-1');
    expect(code).toBe(0);
    const [, commitId = ''] = stdout.trim().split(' ');
    await expect
      .poll(() => world.client.getCommit('order-1', commitId).then(({ commitId: known }) => known, String))
      .toBe(commitId);
    expect(await world.ended('order-1', commitId)).toMatchObject({ state: 'completed', archive: 1 });
  });

  it('needs to be told which', async () => {
    expect(await world.run(worker)).toMatchObject({ code: 2, stderr: expect.stringContaining('SESSION') });
  });
});
