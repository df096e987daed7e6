import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendBounds } from '../../lib/session/index.ts';
import { findFiles } from '../../operator/transfer/find-files.ts';
import { readHistories } from '../../operator/transfer/read-histories.ts';
import { type TransferWorld, transferWorld } from './transfer-world.ts';

let world: TransferWorld;
beforeEach(async () => {
  world = await transferWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const { signal } = new AbortController();
const read = (files: readonly string[], scope?: string) =>
  readHistories(files, { tenant: 'acme', scope }, { signal });

async function allOf(files: readonly string[], scope = 'ann') {
  const { histories } = await read(files, scope);
  return Promise.all(
    histories.map(async ({ key, settings, messages }) => ({
      session: key.session,
      settings,
      messages: await Array.fromAsync(messages()),
    })),
  );
}

const hello = { role: 'user', content: 'Hello' };

describe('a file to import', () => {
  it('is a session of its own name, whose lines are messages', async () => {
    const file = await world.write('chat-1.jsonl', '', { ...hello, at: '2020-01-01T00:00:00+02:00' }, '  ');
    expect(await allOf([file])).toEqual([
      {
        session: 'chat-1',
        settings: { scope: 'ann' },
        messages: [{ ...hello, at: '2020-01-01T00:00:00+02:00', id: expect.stringMatching(/^import-/) }],
      },
    ]);
  });

  it('may hold several sessions, whose lines may be mixed', async () => {
    const lines = ['a', 'b', 'a', 'a', 'b'].map((session, index) => ({ ...hello, session, id: `${index}` }));
    const file = await world.write('all.jsonl', ...lines, { kind: 'session', session: 'c', title: 'Empty' });
    const sessions = await allOf([file]);
    expect(sessions.map(({ session, messages }) => [session, messages.map(({ id }) => id)])).toEqual([
      ['a', ['0', '2', '3']],
      ['b', ['1', '4']],
      ['c', []],
    ]);
    expect(sessions[2]?.settings).toEqual({ scope: 'ann', title: 'Empty' });
  });

  it('gives messages without ids the same ones each time, and others to the same words elsewhere', async () => {
    const file = await world.write('chat.jsonl', hello, hello, { ...hello, session: 'other' });
    const ids = (await allOf([file])).flatMap(({ messages }) => messages.map(({ id }) => id));
    expect(new Set(ids).size).toBe(3);
    expect((await allOf([file])).flatMap(({ messages }) => messages.map(({ id }) => id))).toEqual(ids);
  });

  it('may hold messages of OpenAI and of Anthropic, and whole conversations', async () => {
    const call = { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{}' } };
    const file = await world.write(
      'chat.jsonl',
      { role: 'assistant', content: null, tool_calls: [call], id: 'm1', at: '2020-01-01T00:00:00Z' },
      { role: 'tool', tool_call_id: 'c1', content: 'Sunny' },
      {
        messages: [
          { role: 'user', content: [{ type: 'thinking', thinking: 'x', signature: 'y' }], id: 'm3' },
        ],
      },
      { ...hello, name: 'Ann', metadata: { page: 3 } },
    );
    const [{ messages } = { messages: [] }] = await allOf([file]);
    expect(messages).toMatchObject([
      { id: 'm1', at: '2020-01-01T00:00:00Z', content: [{ type: 'tool-call', toolName: 'weather' }] },
      { role: 'tool', content: [{ type: 'tool-result', toolName: 'weather' }] },
      { id: 'm3', content: [{ type: 'reasoning' }] },
      { content: 'Hello', metadata: { name: 'Ann', page: 3 } },
    ]);
  });

  it('takes lines of an export as they are, whatever another program could mean by them', async () => {
    const image = { type: 'image_url', image_url: { url: 'https://x.example/a.png' } };
    const message = { id: 'm1', at: '2020-01-01T00:00:00Z', role: 'user', content: [image] };
    const file = await world.write('chat.jsonl', { kind: 'message', session: 's', ...message });
    expect((await allOf([file]))[0]?.messages).toEqual([message]);
  });

  it('is refused with every line that is wrong', async () => {
    const file = await world.write(
      'chat.jsonl',
      hello,
      '{',
      { role: 'user' },
      { ...hello, at: 'yesterday' },
      { ...hello, id: 'has spaces' },
      { ...hello, session: 'a/b' },
      { role: 'user', content: 'x'.repeat(appendBounds.maxBytes) },
      { kind: 'thought' },
      '{"role":"user","content":"a","content":"b"}',
      { ...hello, scope: 'bob' },
      { ...hello, scope: 'eve' },
    );
    const refusal = await read([file], 'ann').catch((error: Error) => error.message);
    for (const words of [
      'line 2: not JSON',
      'line 3: content is missing',
      'line 4: at: ',
      'line 5: id: 1 to 128 characters',
      'line 6: session: 1 to 128 characters',
      'line 7: the message takes 262',
      'line 8: kind must be message, session or memory; it is "thought"',
      'line 9: content: the key occurs twice',
      "line 11: session 'chat' has another scope or title in an earlier line",
    ]) {
      expect(refusal).toContain(words);
    }
  });

  it('is refused where nobody says whose memories a session feeds, or its name can be no session', async () => {
    const file = await world.write('my chat.jsonl', hello);
    await expect(read([file])).rejects.toThrow(/line 1: it names no session[\s\S]*has no scope/);
  });

  it('is refused when it shares a session with another, or when there is none', async () => {
    const files = [
      await world.write('a.jsonl', hello),
      await world.write('b.jsonl', { ...hello, session: 'a' }),
    ];
    await expect(read(files, 'ann')).rejects.toThrow(/b\.jsonl, line 1: session 'a' is in .*a\.jsonl, too/);
    await expect(read([await world.write('c.jsonl', '')], 'ann')).rejects.toThrow(
      'there is no session in it',
    );
    await expect(findFiles(path.join(world.folder, 'none'))).rejects.toThrow('cannot be read (ENOENT)');
    expect(await findFiles(world.folder)).toEqual([...files, path.join(world.folder, 'c.jsonl')]);
  });

  it('may not change while it is imported', async () => {
    const file = await world.write('a.jsonl', hello);
    const { histories } = await read([file], 'ann');
    await appendFile(file, `${JSON.stringify(hello)}\n`);
    const reading = Array.fromAsync(histories[0]?.messages() ?? []);
    await expect(reading).rejects.toMatchObject({ code: 'file-changed' });
  });
});
