import { describe, expect, it } from 'vitest';
import { type ConnectOptions, type McpWorld, mcpWorld } from './mcp-world.ts';
import { textOfResult } from './text-of-result.ts';

async function failureOf(world: McpWorld, name: string, args: Record<string, unknown>): Promise<string> {
  const client = await world.connect({ over: 'stdio' });
  const result = await client.callTool({ name, arguments: args });
  expect(result).toMatchObject({ isError: true });
  expect(result.structuredContent).toBeUndefined();
  return textOfResult(result);
}

const message = { role: 'user', content: 'Hello' };

describe('a call that is wrong', () => {
  it.each([
    ['search_messages', { session: 'chat', q: 'tea', limit: 101 }, /limit: .*100/],
    ['search_messages', { session: 'chat', q: ' ' }, /q: must be a text of 1 to 1000 characters/],
    ['search_messages', { session: 'a b', q: 'tea' }, /session: 1 to 128 characters out of/],
    ['search_memories', { q: 'tea' }, /scope: .*expected string/],
    ['read_context', { session: 'chat', tokenBudget: 0 }, /tokenBudget: /],
    ['commit', { session: 'chat', waitSeconds: 301 }, /waitSeconds: .*300/],
    ['append_messages', { session: 'chat', messages: [] }, /messages: at least 1 messages/],
    ['append_messages', { session: 'chat', messages: [{ ...message, role: 'bot' }] }, /messages\.0\.role: /],
    ['append_messages', { session: 'chat', messages: [message] }, /^idempotencyKey: must be given, unless/],
    ['list_sessions', { sort: 'name' }, /Unrecognized key: "sort"/],
  ])('%s %j names the field', async (name, args, words) => {
    await using world = await mcpWorld();
    expect(await failureOf(world, name, args)).toMatch(words);
    expect(world.requests).toEqual([]);
    expect(world.errors).toEqual([]);
  });

  it('is answered in the words of the API, where the API refuses it', async () => {
    await using world = await mcpWorld();
    expect(await failureOf(world, 'read_context', { session: 'nowhere' })).toMatch(
      /404 Not found \(session-not-found\): There is no session 'nowhere'\..* The tool for that is open_session/,
    );
    const key = { session: 'chat', idempotencyKey: 'k1' };
    const client = await world.connect({ over: 'stdio' });
    await client.callTool({ name: 'append_messages', arguments: { ...key, messages: [message] } });
    expect(
      await failureOf(world, 'append_messages', { ...key, messages: [{ ...message, content: 'Other' }] }),
    ).toMatch(/422 .*\(idempotency-key-reused\)/);
    const large = { role: 'user', content: 'x'.repeat(256 * 1024) };
    expect(await failureOf(world, 'append_messages', { ...key, messages: [large] })).toMatch(
      /append-too-large/,
    );
  });

  it('says so where the token is not accepted', async () => {
    await using world = await mcpWorld();
    const client = await world.connect({ over: 'http', tenant: 'nobody' as 'acme' });
    const result = await client.callTool({ name: 'list_sessions', arguments: {} });
    expect(textOfResult(result)).toMatch(
      /401 .*Check that the token is valid, not expired.*whoever runs this server/,
    );
  });

  it('tells whoever runs the server what nobody foresaw, and the caller only that it happened', async () => {
    const bug = new RangeError('a bug, with details');
    await using world = await mcpWorld({
      wrap: (client) => ({ ...client, listSessions: () => Promise.reject(bug) }),
    });
    expect(await failureOf(world, 'list_sessions', {})).toMatch(
      /^The call failed, and not by a mistake of yours/,
    );
    expect(world.errors).toEqual([bug]);
  });
});

describe('a commit that takes too long', () => {
  it('is left alone when the time is over, and goes on', async () => {
    await using world = await mcpWorld();
    await world.append('one');
    const client = await world.connect({ over: 'stdio' });
    const args = { session: 'chat', idempotencyKey: 'k1', waitSeconds: 2 };
    const first = await client.callTool({ name: 'commit', arguments: args });
    expect(first.structuredContent).toMatchObject({ state: 'queued', timedOut: true });
    await world.commitAll();
    const second = await client.callTool({ name: 'commit', arguments: args });
    expect(second.structuredContent).toMatchObject({ state: 'archived', archive: 1, existing: true });
    expect(second.structuredContent).not.toHaveProperty('timedOut');
  });

  it('is not followed at all by a caller who waits for the request alone', async () => {
    await using world = await mcpWorld();
    await world.append('one');
    const client = await world.connect({ over: 'stdio' });
    const result = await client.callTool({
      name: 'commit',
      arguments: { session: 'chat', waitFor: 'request' },
    });
    expect(result.structuredContent).toMatchObject({ state: 'queued', existing: false });
    expect(world.requests.filter((request) => request.startsWith('GET'))).toHaveLength(1);
  });
});

describe('calls at once', () => {
  it('are bounded: one too many is refused, and runs when another has ended', async () => {
    const { promise: release, resolve } = Promise.withResolvers<void>();
    await using world = await mcpWorld({ maxCalls: 2, before: () => release });
    const client = await world.connect({ over: 'stdio' });
    const list = () => client.callTool({ name: 'list_sessions', arguments: {} });
    const running = [list(), list()];
    await expect.poll(() => world.requests.length).toBe(2);
    const refused = await list();
    expect(refused).toMatchObject({ isError: true });
    expect(textOfResult(refused)).toMatch(/^2 calls are running, and no more run at once\./);
    resolve();
    for (const result of await Promise.all(running)) expect(result.isError).not.toBe(true);
    expect((await list()).isError).not.toBe(true);
  });

  // A client of 2025 cancels by a request of its own, and over HTTP a server that keeps nothing cannot say what it is about.
  it.each([
    { over: 'stdio', era: 'auto' },
    { over: 'stdio', era: 'legacy' },
    { over: 'http', era: 'auto' },
  ] satisfies ConnectOptions[])('end when the caller cancels them: over $over, era $era', async (way) => {
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    await using world = await mcpWorld({
      before: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            resolve();
            reject(signal.reason);
          });
        }),
    });
    const client = await world.connect(way);
    const cancel = new AbortController();
    const call = client.callTool({ name: 'list_sessions', arguments: {} }, { signal: cancel.signal });
    const failed = expect(call).rejects.toThrow();
    await expect.poll(() => world.requests.length).toBe(1);
    cancel.abort();
    await failed;
    await ended;
    expect(world.errors).toEqual([]);
  });
});
