import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOfResult } from '../mcp/text-of-result.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';
import { type CliWorld, cliWorld } from './cli-world.ts';
import { runHere } from './streams.ts';

const program = fileURLToPath(new URL('../../cli/commitlane.js', import.meta.url));
const timeout = { timeout: safetyTimeouts.conditionMs };

let world: CliWorld;
beforeAll(async () => {
  world = await cliWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** The command as desktop programs start it. */
async function started(args: readonly string[], variables: Record<string, string> = {}) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program, 'mcp', ...args],
    env: { COMMITLANE_LOCAL_FILE: world.discoveryFile, ...variables },
    stderr: 'pipe',
  });
  let stderr = '';
  transport.stderr?.on('data', (part) => {
    stderr += part;
  });
  const wrong: unknown[] = [];
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  client.onerror = (error) => wrong.push(error);
  await client.connect(transport, timeout);
  return {
    call: (name: string, more: Record<string, unknown> = {}) =>
      client.callTool({ name, arguments: more }, timeout),
    client,
    said: () => ({ stderr, wrong }),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

describe('commitlane mcp', () => {
  it('gives an agent the sessions and memories of the local stack, on standard input and output', async () => {
    await using agent = await started(['--local']);
    await agent.call('open_session', { session: 'tea', title: 'Tea' });
    const messages = [{ id: 'm1', role: 'user', content: 'My name is Ann. I prefer green tea to coffee.' }];
    await agent.call('append_messages', { session: 'tea', messages });
    const committed = await agent.call('commit', { session: 'tea', waitFor: 'completion', waitSeconds: 300 });
    expect(committed.structuredContent).toMatchObject({ state: 'completed', archive: 1 });
    const found = await agent.call('search_memories', { scope: 'ann', q: 'green tea' });
    expect(textOfResult(found)).toContain('green tea');
    expect(textOfResult(await agent.call('read_context', { session: 'tea' }))).toContain('green tea');
    expect(agent.said()).toEqual({ stderr: '', wrong: [] });
  });

  it('is restricted to a session, with the token that is in the environment', async () => {
    const { document } = await world.ask('token', '--tenant', 'other', '--sub', 'bo');
    const args = ['--url', world.stack.apiUrl, '--session', 'mine'];
    await using agent = await started(args, { COMMITLANE_TOKEN: document.token });
    expect(await agent.call('open_session')).toMatchObject({ structuredContent: { scope: 'bo' } });
    const { tools } = await agent.client.listTools();
    expect(tools.map(({ name }) => name)).not.toContain('list_sessions');
    expect((await world.run('sessions', 'show', 'mine', '--tenant', 'other', '--local')).code).toBe(0);
  });

  it('ends well when its caller goes', async () => {
    const { child, ended } = world.start(['mcp', '--local']);
    child.stdin?.end();
    expect(await ended).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('serves over HTTP until Ctrl-C, each caller by the token of their own', async () => {
    const { child, ended } = world.start(['mcp', '--http', '--local', '--port', '0', '--json']);
    const [printed] = await once(child.stdout ?? child, 'data');
    const { url } = JSON.parse(String(printed));
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
    const open = async (tenant: string) => {
      const { document } = await world.ask('token', '--tenant', tenant, '--sub', 'ann');
      const client = new Client({ name: 'test', version: '1' });
      const requestInit = { headers: { authorization: `Bearer ${document.token}` } };
      await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }), timeout);
      return client;
    };
    const [one, other] = [await open('first'), await open('second')];
    await one.callTool({ name: 'open_session', arguments: { session: 'secret' } }, timeout);
    const list = (client: Client) => client.callTool({ name: 'list_sessions', arguments: {} }, timeout);
    await expect.poll(async () => textOfResult(await list(one))).toContain('"secret"');
    expect(textOfResult(await list(other))).not.toContain('"secret"');
    expect((await fetch(url, { method: 'POST' })).status).toBe(401);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stderr: '' });
    await Promise.all([one.close(), other.close()]);
  });

  it.each<[string[], RegExp, number?]>([
    [[], /Which API\? Give --url URL, or --local/],
    [['--local', '--url', 'https://api.example.com'], /--local has no --url/],
    [['--url', 'https://api.example.com'], /Whose sessions\? Put a token .* COMMITLANE_TOKEN/],
    [['--url', 'http://api.example.com'], /--url must be an https address/],
    [['--local', '--port', '4700'], /--port needs --http/],
    [['--local'], /There is no local stack/, 1],
    [['--local', '--session', 'a b'], /--session <session>' argument 'a b' is invalid/],
  ])(
    'says what is wrong with %j, and prints nothing on standard output',
    async (args, words, expected = 2) => {
      const { code, stdout, stderr } = await runHere(['mcp', ...args]);
      expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
      expect(stderr).toMatch(words);
    },
  );
});
