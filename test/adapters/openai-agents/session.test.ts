import type { AgentInputItem } from '@openai/agents';
import { describe, expect, it } from 'vitest';
import { commitlaneSession } from '../../../lib/adapters/openai-agents/index.ts';
import { type AdapterWorld, adapterWorld, type Plan } from '../adapter-world.ts';
import { describeHistoryContract } from '../history-contract.ts';

const SESSION = 'chat-42';

const user = (content: string): AgentInputItem => ({ type: 'message', role: 'user', content });
const assistant = (text: string): AgentInputItem => ({
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text }],
});
const toolTurn: readonly AgentInputItem[] = [
  { type: 'reasoning', id: 'rs_1', content: [{ type: 'input_text', text: 'I have to look.' }] },
  {
    type: 'function_call',
    callId: 'c1',
    name: 'weather',
    arguments: '{"city": "Bergen"}',
    status: 'completed',
  },
  {
    type: 'function_call_result',
    callId: 'c1',
    name: 'weather',
    status: 'completed',
    output: { type: 'text', text: '7 °C' },
  },
];

describeHistoryContract<AgentInputItem>('a session of the OpenAI Agents SDK', {
  open(client, sessionId) {
    const session = commitlaneSession({ client, sessionId });
    return { append: (items) => session.addItems([...items]), read: () => session.getItems() };
  },
  said: (role, text) => (role === 'user' ? user(text) : assistant(text)),
  toolTurn,
  shown: (item) => item,
  knowsRepeats: false,
});

function open(world: AdapterWorld, plan: Plan = {}) {
  const { client } = world.process(plan);
  return { client, session: commitlaneSession({ client, sessionId: SESSION }) };
}

describe('a session', () => {
  it('stores a turn by one append', async () => {
    const world = await adapterWorld();
    const { client, session } = open(world);
    await session.addItems([user('How warm is it?'), ...toolTurn]);
    const { live } = await client.getSession(SESSION);
    expect(new Set(live.map(({ position }) => position)).size).toBe(1);
    expect(live.map(({ role }) => role)).toEqual(['user', 'assistant', 'assistant', 'tool']);
  });

  it('shows the newest items in order, across archives', async () => {
    const world = await adapterWorld();
    const { session } = open(world);
    const items = ['one', 'two', 'three', 'four', 'five'].map(user);
    await session.addItems(items.slice(0, 2));
    await world.commit(SESSION);
    await session.addItems(items.slice(2, 4));
    await world.commit(SESSION);
    await session.addItems(items.slice(4));
    for (const limit of [1, 2, 3, 4, 5, 9])
      expect(await session.getItems(limit)).toEqual(items.slice(-limit));
    expect(await session.getItems(0)).toEqual([]);
  });

  it('tells what others say in it', async () => {
    const world = await adapterWorld();
    const { client, session } = open(world);
    await client.createSession(SESSION);
    await client.append(SESSION, [
      { role: 'user', content: 'Is it raining?' },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Let me look.' },
          { type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: {} },
        ],
      },
    ]);
    expect(await session.getItems()).toEqual([
      { role: 'user', content: 'Is it raining?' },
      assistant('Let me look.'),
      { type: 'function_call', callId: 'c1', name: 'weather', arguments: '{}', status: 'completed' },
    ]);
    expect(await session.popItem()).toMatchObject({ type: 'function_call' });
    expect(await session.getItems(1)).toEqual([assistant('Let me look.')]);
  });

  it('refuses bytes, which would come back as something else', async () => {
    const { session } = open(await adapterWorld());
    const output = { type: 'image' as const, image: { data: new Uint8Array([1]), mediaType: 'image/png' } };
    const result = { ...toolTurn[2], output } as AgentInputItem;
    await expect(session.addItems([result])).rejects.toThrow(/is a Uint8Array.*bytes as base64/);
    expect(await session.getItems()).toEqual([]);
  });

  it('that replaces its history by a compaction keeps what came before', async () => {
    const { session } = open(await adapterWorld());
    const compacted: AgentInputItem[] = [{ type: 'compaction', encrypted_content: 'abc' }, user('two')];
    await session.addItems([user('one'), user('two')]);
    await session.replaceHistoryWithCompaction?.(compacted);
    expect(await session.getItems()).toEqual([user('one'), user('two'), ...compacted]);
  });
});

describe('taking an item back', () => {
  it('gives the newest, and shows it no more, archived or not', async () => {
    const world = await adapterWorld();
    const { session } = open(world);
    await session.addItems(['one', 'two', 'three'].map(user));
    expect(await session.popItem()).toEqual(user('three'));
    await world.commit(SESSION);
    expect(await session.popItem()).toEqual(user('two'));
    await session.addItems([user('four')]);
    await world.commit(SESSION);
    const again = open(world).session;
    expect(await again.getItems()).toEqual([user('one'), user('four')]);
    expect(await again.getItems(1)).toEqual([user('four')]);
    expect(await again.popItem()).toEqual(user('four'));
    expect(await again.getItems(1)).toEqual([user('one')]);
    expect(await again.popItem()).toEqual(user('one'));
    expect(await again.popItem()).toBeUndefined();
    expect(await again.getItems()).toEqual([]);
  });

  it('leaves the words stored', async () => {
    const world = await adapterWorld();
    const { client, session } = open(world);
    await session.addItems([user('one')]);
    await session.popItem();
    const { live } = await client.getSession(SESSION);
    expect(live.map(({ content }) => content)).toEqual([
      'one',
      expect.stringMatching(/^\[message .* was taken back\]$/),
    ]);
  });

  it('takes one item, whichever answer is lost', async () => {
    for (let at = 1; at <= 8; at += 1) {
      const world = await adapterWorld();
      await open(world).session.addItems(['one', 'two', 'three'].map(user));
      const { session } = open(world, { loses: (request) => request === at });
      expect(await session.popItem()).toEqual(user('three'));
      expect(await open(world).session.getItems()).toEqual([user('one'), user('two')]);
    }
  });

  it('takes another item than a process that does so at once, before whichever request', async () => {
    for (let at = 1; at <= 8; at += 1) {
      const world = await adapterWorld();
      const other = open(world).session;
      await other.addItems(['one', 'two', 'three'].map(user));
      const popped: unknown[] = [];
      const { session } = open(world, {
        async before(request) {
          if (request === at) popped.push(await other.popItem());
        },
      });
      popped.push(await session.popItem());
      const left = await open(world).session.getItems();
      expect([...left, ...popped.reverse()]).toHaveLength(3);
      expect(new Set([...left, ...popped].map((item) => JSON.stringify(item))).size).toBe(3);
      expect(left[0]).toEqual(user('one'));
    }
  });

  it('takes nothing of what is said meanwhile', async () => {
    for (let at = 1; at <= 5; at += 1) {
      const world = await adapterWorld();
      const other = open(world).session;
      await other.addItems(['one', 'two'].map(user));
      const { session } = open(world, {
        async before(request) {
          if (request === at) await other.addItems([user('three')]);
        },
      });
      const popped = await session.popItem();
      const left = await other.getItems();
      const all = ['one', 'two', 'three'].map(user);
      expect(left).toEqual(
        all.filter((item) => JSON.stringify(item) !== JSON.stringify(popped)).slice(0, left.length),
      );
    }
  });
});

describe('clearing a session', () => {
  it('leaves nothing to be shown, and the session to be used', async () => {
    const world = await adapterWorld();
    const { client, session } = open(world);
    await session.addItems([user('one')]);
    await world.commit(SESSION);
    await session.clearSession();
    expect(await session.getItems()).toEqual([]);
    await session.addItems([user('two')]);
    expect(await session.getItems()).toEqual([user('two')]);
    expect(await session.getSessionId()).toBe(SESSION);
    await expect(client.getSession(SESSION)).rejects.toMatchObject({ code: 'session-not-found' });
  });

  it('is seen by all processes, however often it was done', async () => {
    const world = await adapterWorld();
    const old = open(world).session;
    await old.addItems([user('one')]);
    for (let times = 1; times <= 9; times += 1) {
      const { session } = open(world);
      await session.addItems([user(`before ${times}`)]);
      await session.clearSession();
    }
    expect(await old.getItems()).toEqual([]);
    await old.addItems([user('last')]);
    expect(await open(world).session.getItems()).toEqual([user('last')]);
    expect(await open(world).session.popItem()).toEqual(user('last'));
    expect(await open(world).session.popItem()).toBeUndefined();
  });

  it('that is new does nothing', async () => {
    const { session } = open(await adapterWorld());
    await session.clearSession();
    await session.addItems([user('one')]);
    expect(await session.getItems()).toEqual([user('one')]);
  });
});
