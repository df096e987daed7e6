import type { Progress } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import { type ConnectOptions, mcpWorld } from './mcp-world.ts';
import { textOfResult } from './text-of-result.ts';

const ways: readonly ConnectOptions[] = [
  { over: 'stdio', era: 'auto' },
  { over: 'stdio', era: 'legacy' },
  { over: 'http', era: 'auto' },
  { over: 'http', era: 'legacy' },
];

const said = (id: string, content: string) => ({ id, role: 'user', content });

describe.each(ways)('over $over, with a client of the era $era,', (way) => {
  it('a conversation is opened, stored, committed, found and read', async () => {
    await using world = await mcpWorld({
      before: async (request) => {
        if (request.startsWith('GET /sessions/tea/commits/')) await world.commitAll();
      },
    });
    const client = await world.connect(way);
    const call = async (name: string, args: Record<string, unknown>) => {
      const result = await client.callTool({ name, arguments: args });
      expect(result.isError, textOfResult(result)).not.toBe(true);
      return result;
    };
    const opened = await call('open_session', { session: 'tea', scope: 'ann', title: 'Tea' });
    expect(opened.structuredContent).toMatchObject({ sessionId: 'tea', scope: 'ann', title: 'Tea' });
    const messages = [said('m1', 'I prefer green tea.'), { ...said('m2', 'Noted.'), role: 'assistant' }];
    const stored = await call('append_messages', { session: 'tea', messages });
    expect(stored.structuredContent).toMatchObject({ position: 1, messageIds: ['m1', 'm2'] });
    const committed = await call('commit', { session: 'tea', reason: 'the end' });
    expect(committed.structuredContent).toMatchObject({ state: 'archived', archive: 1, existing: false });
    await call('append_messages', { session: 'tea', messages: [said('m3', 'And honey.')] });

    const found = await call('search_messages', { session: 'tea', q: 'green tea', limit: 1 });
    expect(found.structuredContent).toMatchObject({ hits: [{ messageId: 'm1', archive: 1 }] });
    expect(JSON.parse(textOfResult(found))).toEqual(found.structuredContent);
    const listed = await call('list_sessions', { scope: 'ann' });
    expect(listed.structuredContent).toMatchObject({
      sessions: [{ sessionId: 'tea' }, { sessionId: 'chat' }],
    });
    await world.client.editMemory('ann', { category: 'preference', key: 'drink' }, 'Ann prefers green tea.');
    const remembered = await call('search_memories', { scope: 'ann', q: 'which tea' });
    expect(remembered.structuredContent).toMatchObject({ hits: [{ key: 'drink', by: { kind: 'person' } }] });
    const context = await call('read_context', { session: 'tea', tokenBudget: 1_000, query: 'tea' });
    expect(textOfResult(context)).toMatch(/Ann prefers green tea\.[\s\S]*user: And honey\./);
    expect(context.structuredContent).toMatchObject({ tokenBudget: 1_000, text: textOfResult(context) });
    expect(world.errors).toEqual([]);
  });

  it('what a client repeats is stored once', async () => {
    await using world = await mcpWorld();
    const client = await world.connect(way);
    const keyed = { session: 'chat', idempotencyKey: 'k1', messages: [{ role: 'user', content: 'once' }] };
    const withIds = { session: 'chat', messages: [said('m1', 'by its id')] };
    for (const args of [keyed, keyed, withIds, withIds]) {
      await client.callTool({ name: 'append_messages', arguments: args });
    }
    expect((await world.contents()).live).toEqual(['once', 'by its id']);
  });

  it('a caller who asks is told how far a commit is', async () => {
    let looks = 0;
    await using world = await mcpWorld({
      before: async (request) => {
        if (!request.startsWith('GET /sessions/chat/commits/')) return;
        looks += 1;
        if (looks === 3) await world.commitAll();
      },
    });
    const client = await world.connect(way);
    await world.append('one');
    const told: Progress[] = [];
    const result = await client.callTool(
      { name: 'commit', arguments: { session: 'chat' } },
      { onprogress: (progress) => told.push(progress) },
    );
    expect(result.structuredContent).toMatchObject({ state: 'archived', archive: 1 });
    expect(told).toMatchObject([{ progress: 1, message: expect.stringMatching(/^Commit .* is queued\.$/) }]);
  });
});
