import type { Client } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import { mcpWorld } from './mcp-world.ts';
import { textOfResult } from './text-of-result.ts';

const drink = { category: 'preference', key: 'drink' };

/** The session `chat` of the scope `ann`, and `other` of the scope `bo`, each with a message and a memory. */
async function twoScopes(restriction: { session?: string; scope?: string }) {
  const world = await mcpWorld({ restriction });
  await world.append('Ann was here.');
  await world.client.createSession('other', { scope: 'bo' });
  await world.client.append('other', [{ role: 'user', content: 'Bo was here.' }]);
  for (const scope of ['ann', 'bo']) await world.client.editMemory(scope, drink, `Tea, says ${scope}.`);
  const client = await world.connect({ over: 'stdio' });
  return { ...world, ...callsOf(client) };
}

function callsOf(client: Client) {
  const call = (name: string, args: Record<string, unknown>) => client.callTool({ name, arguments: args });
  return {
    call,
    textOf: async (name: string, args: Record<string, unknown>) => textOfResult(await call(name, args)),
  };
}

describe('a server for one session', () => {
  it('reads and writes that session, and the memories of its scope', async () => {
    await using world = await twoScopes({ session: 'chat' });
    expect(await world.textOf('read_context', {})).toContain('Ann was here.');
    expect(await world.textOf('search_memories', { q: 'tea' })).toContain('Tea, says ann.');
    const messages = [{ id: 'm1', role: 'user', content: 'More.' }];
    expect(await world.call('append_messages', { messages })).toMatchObject({
      structuredContent: { messageIds: ['m1'] },
    });
    expect((await world.contents()).live).toEqual(['Ann was here.', 'More.']);
  });

  it('refuses another one, even if somebody names it', async () => {
    await using world = await twoScopes({ session: 'chat' });
    const asked = await world.call('read_context', { session: 'other' });
    expect(asked).toMatchObject({ isError: true });
    expect(textOfResult(asked)).toMatch(/Unrecognized key: "session"/);
  });

  it('opens it', async () => {
    await using world = await twoScopes({ session: 'new' });
    expect(
      await world.textOf('append_messages', { messages: [{ id: 'm1', role: 'user', content: 'Hello' }] }),
    ).toMatch(/There is no session 'new'\..* The tool for that is open_session/);
    expect(await world.call('open_session', {})).toMatchObject({
      structuredContent: { sessionId: 'new', scope: 'ann' },
    });
  });
});

describe('a server for one scope', () => {
  it('reads its memories, lists its sessions, and opens sessions of it', async () => {
    await using world = await twoScopes({ scope: 'bo' });
    expect(await world.textOf('search_memories', { q: 'tea' })).toContain('Tea, says bo.');
    expect(await world.call('open_session', { session: 'third' })).toMatchObject({
      structuredContent: { scope: 'bo' },
    });
    expect(await world.call('list_sessions', {})).toMatchObject({
      structuredContent: { sessions: expect.toSatisfy((all: unknown[]) => all.length === 2) },
    });
    expect(await world.textOf('read_context', { session: 'other' })).toContain('Bo was here.');
  });

  it.each([
    ['read_context', {}],
    ['search_messages', { q: 'Ann' }],
    ['append_messages', { messages: [{ id: 'm1', role: 'user', content: 'Hello' }] }],
    ['commit', {}],
    ['open_session', {}],
  ])('has %s refuse a session of another scope', async (name, args) => {
    await using world = await twoScopes({ scope: 'bo' });
    const asked = await world.call(name, { ...args, session: 'chat' });
    expect(asked).toMatchObject({ isError: true });
    expect(textOfResult(asked)).toBe(
      "Session 'chat' is not of scope 'bo'. Choose a session of that scope, or open a new one.",
    );
    expect((await world.contents()).live).toEqual(['Ann was here.']);
  });
});
