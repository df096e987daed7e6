import {
  convertToModelMessages,
  generateText,
  isStepCount,
  streamText,
  tool,
  toUIMessageStream,
  type UIMessage,
  validateUIMessages,
  wrapLanguageModel,
} from 'ai';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commitlaneMiddleware, loadMessages, saveMessages } from '../../../lib/adapters/ai-sdk/index.ts';
import { appendHistory, readHistory } from '../../../lib/adapters/history/index.ts';
import type { CommitlaneClient } from '../../../lib/client/index.ts';
import { collect } from '../../client/collect.ts';
import { adapterWorld } from '../adapter-world.ts';
import { calls, says, scriptedModel } from './scripted-model.ts';

const CHAT = 'moving-house';
const user = (id: string, text: string): UIMessage => ({ id, role: 'user', parts: [{ type: 'text', text }] });
const assistant = (id: string, text: string): UIMessage => ({
  id,
  role: 'assistant',
  parts: [{ type: 'text', text, state: 'done' }],
});
const weather = tool({
  description: 'How warm it is',
  inputSchema: z.object({ city: z.string() }),
  execute: async ({ city }) => ({ city, celsius: 7.5 }),
});

async function chatWorld() {
  const world = await adapterWorld();
  const { client } = world.process();
  return {
    world,
    client,
    save: (...messages: UIMessage[]) => saveMessages(client, CHAT, messages),
    load: () => loadMessages(client, CHAT),
    /** The texts of what is shown. */
    async shown() {
      const messages = await loadMessages(client, CHAT);
      return messages.map(({ parts }) =>
        parts.map((part) => ('text' in part ? part.text : `<${part.type}>`)).join(''),
      );
    },
    stored: async () => (await readHistory(client, CHAT)).map(({ id }) => id),
  };
}

/** A chat's endpoint, as the documentation has it; returns the chat as its page would. */
async function post(
  client: CommitlaneClient,
  model: ReturnType<typeof scriptedModel>['model'],
  message: UIMessage,
) {
  const messages = [...(await loadMessages(client, CHAT)), message];
  const result = streamText({
    model,
    tools: { weather },
    stopWhen: isStepCount(5),
    messages: await convertToModelMessages(messages),
  });
  let saved: UIMessage[] = [];
  const stream = toUIMessageStream({
    stream: result.stream,
    originalMessages: messages,
    generateMessageId: () => `answer-${messages.length}`,
    onEnd: async (end) => {
      saved = end.messages;
      await saveMessages(client, CHAT, end.messages);
    },
  });
  await collect(stream);
  return saved;
}

describe('a chat', () => {
  it('is loaded as it was saved, by its endpoint, turn by turn', async () => {
    const { world, client, load, stored } = await chatWorld();
    const { model, prompts } = scriptedModel([
      [
        { type: 'reasoning', text: 'Let me look.', providerMetadata: { test: { signature: 's' } } },
        ...calls('c1', 'weather', { city: 'Bergen' }),
      ],
      says('7.5 °C.'),
      says('You are welcome.'),
    ]);
    const first = await post(client, model, user('u1', 'How warm is it?'));
    expect(first.at(-1)?.parts.map(({ type }) => type)).toEqual([
      'step-start',
      'reasoning',
      'tool-weather',
      'step-start',
      'text',
    ]);
    expect(await load()).toEqual(first);
    await world.commit(CHAT);
    const second = await post(client, model, user('u2', 'Thanks.'));
    expect(await load()).toEqual(second);
    expect(await stored()).toEqual(['u1', 'answer-1', 'u2', 'answer-3']);
    expect(prompts[2]?.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant', 'user']);
    await validateUIMessages({ messages: await load(), tools: { weather } as never });
  });

  it('keeps every kind of part, and what is noted of a message', async () => {
    const { save, load } = await chatWorld();
    const providerMetadata = { test: { itemId: 'i1' } };
    const parts: UIMessage['parts'] = [
      { type: 'step-start' },
      { type: 'text', text: 'Hi', state: 'done', providerMetadata },
      { type: 'text', text: '' },
      { type: 'reasoning', text: 'Hm.', state: 'streaming' },
      { type: 'file', mediaType: 'image/png', filename: 'a.png', url: 'https://files.example/a.png' },
      { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,iVBORw0KGgo=' },
      { type: 'file', mediaType: '', url: '' },
      { type: 'source-url', sourceId: 's1', url: 'https://tea.example', title: 'Tea' },
      { type: 'source-document', sourceId: 's2', mediaType: 'text/plain', title: 'Notes' },
      { type: 'data-weather', id: 'd1', data: { celsius: 7.5 } },
      { type: `data-${'long'.repeat(30)}`, data: null },
      { type: 'tool-a', toolCallId: 'c1', state: 'input-streaming', input: undefined },
      {
        type: 'tool-a',
        toolCallId: 'c2',
        state: 'input-available',
        input: { a: 1 },
        callProviderMetadata: providerMetadata,
      },
      {
        type: `tool-${'long'.repeat(30)}`,
        toolCallId: 'c3',
        state: 'output-available',
        input: null,
        output: null,
      },
      { type: 'tool-a', toolCallId: 'c4', state: 'output-available', input: {}, output: undefined },
      { type: 'tool-a', toolCallId: 'c5', state: 'output-error', input: {}, errorText: 'It rains.' },
      { type: 'tool-a', toolCallId: 'c6', state: 'approval-requested', input: {}, approval: { id: 'p1' } },
      {
        type: 'tool-a',
        toolCallId: 'c7',
        state: 'output-denied',
        input: {},
        approval: { id: 'p2', approved: false },
      },
      {
        type: 'dynamic-tool',
        toolName: 'b',
        toolCallId: 'c8',
        state: 'output-available',
        input: [1],
        output: ['x'],
        providerExecuted: true,
      },
    ];
    const messages: UIMessage[] = [
      { id: 's', role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
      {
        id: 'u',
        role: 'user',
        parts: [{ type: 'text', text: '日本語 👩‍👩‍👧‍👦' }],
        metadata: { at: 7, tags: ['x'] },
      },
      { id: 'a', role: 'assistant', parts },
      { id: 'nothing', role: 'assistant', parts: [] },
      { id: 'blank', role: 'assistant', parts: [{ type: 'text', text: '' }] },
    ];
    await save(...messages);
    expect(await load()).toEqual(messages);
    await save(...(await load()));
    expect(await load()).toEqual(messages);
  });

  it('stores nothing of a list that is saved again', async () => {
    const { save, load, stored } = await chatWorld();
    const messages = [user('u1', 'a'), assistant('a1', '1'), user('u2', 'b'), assistant('a2', '2')];
    await save(...messages.slice(0, 2));
    await save(...messages);
    await save(...messages);
    await save(...(await load()));
    expect(await stored()).toEqual(['u1', 'a1', 'u2', 'a2']);
    expect(await load()).toEqual(messages);
  });

  it('stores nothing of it after the ids are forgotten, either', async () => {
    const { world, save, stored } = await chatWorld();
    const messages = [user('u1', 'a'), assistant('a1', '1')];
    await save(...messages);
    await world.commit(CHAT);
    await world.clock.advance(25 * 60 * 60 * 1000);
    await save(...messages);
    expect(await stored()).toEqual(['u1', 'a1']);
  });

  it('shows the last form of a message that changes, where the first was', async () => {
    const { save, load, stored } = await chatWorld();
    const asked = (state: object): UIMessage => ({
      id: 'a1',
      role: 'assistant',
      parts: [{ type: 'tool-pick', toolCallId: 'c1', input: {}, ...state } as never],
    });
    await save(user('u1', 'Pick.'), asked({ state: 'input-available' }));
    const done = [user('u1', 'Pick.'), asked({ state: 'output-available', output: 'red' })];
    await save(...done);
    await save(...done, user('u2', 'Thanks.'));
    expect(await load()).toEqual([...done, user('u2', 'Thanks.')]);
    expect(await stored()).toEqual(['u1', 'a1', 'a1@2', 'u2']);
  });

  it('goes back to a former form of a message, too', async () => {
    const { save, load } = await chatWorld();
    for (const text of ['a', 'b', 'a', 'b']) {
      await save(user('u1', text));
      expect(await load()).toEqual([user('u1', text)]);
    }
  });

  it('shows an answer that was generated again in place of the one before, which stays stored', async () => {
    const { save, shown, stored } = await chatWorld();
    await save(user('u1', 'a'), assistant('a1', '1'), user('u2', 'b'), assistant('a2', '2'));
    await save(user('u1', 'a'), assistant('a1', '1'), user('u2', 'b'), assistant('a3', 'another 2'));
    expect(await shown()).toEqual(['a', '1', 'b', 'another 2']);
    await save(user('u1', 'a'), assistant('a4', 'another 1'));
    expect(await shown()).toEqual(['a', 'another 1']);
    expect(await stored()).toEqual(['u1', 'a1', 'u2', 'a2', 'a3', 'a4']);
  });

  it('shows what follows an edited message in place of what followed it before', async () => {
    const { save, shown } = await chatWorld();
    await save(user('u1', 'a'), assistant('a1', '1'), user('u2', 'b'), assistant('a2', '2'));
    await save(user('u1', 'a, please'), assistant('a3', 'another 1'));
    expect(await shown()).toEqual(['a, please', 'another 1']);
  });

  it('keeps what follows a message that is changed, if the list has it', async () => {
    const { save, shown } = await chatWorld();
    await save(user('u1', 'a'), assistant('a1', '1'), user('u2', 'b'));
    await save(user('u1', 'a, please'), assistant('a1', '1'), user('u2', 'b'));
    expect(await shown()).toEqual(['a, please', '1', 'b']);
  });

  it('shows what two pages said that went on with it at the same time', async () => {
    const { save, shown } = await chatWorld();
    const begun = [user('u1', 'a'), assistant('a1', '1')];
    await save(...begun);
    await save(...begun, user('u2', 'b'), assistant('a2', '2'));
    await save(...begun, user('u3', 'c'), assistant('a3', '3'));
    await save(...begun, user('u2', 'b'), assistant('a2', '2'), user('u4', 'd'));
    expect(await shown()).toEqual(['a', '1', 'b', '2', 'c', '3', 'd']);
  });

  it('keeps both forms of a message that two processes save at once', async () => {
    const { world, client, save, stored } = await chatWorld();
    await save(user('u1', 'a'));
    const { client: slow } = world.process({
      async before(request) {
        if (request === 2) await save(user('u1', 'a'), assistant('a1', 'one form'));
      },
    });
    await saveMessages(slow, CHAT, [user('u1', 'a'), assistant('a1', 'another form')]);
    expect(await stored()).toEqual(['u1', 'a1', 'a1@2']);
    expect((await loadMessages(client, CHAT)).at(-1)).toEqual(assistant('a1', 'another form'));
  });

  it('stores what JSON makes of a message, and knows that again', async () => {
    const { save, load, stored } = await chatWorld();
    const said: UIMessage = {
      id: 'u1',
      role: 'user',
      metadata: { at: new Date(0), undefined },
      parts: [{ type: 'text', text: 'cut off \ud83d' }],
    };
    await save(said);
    await save(said);
    expect(await stored()).toEqual(['u1']);
    expect(await load()).toEqual([
      {
        id: 'u1',
        role: 'user',
        metadata: { at: '1970-01-01T00:00:00.000Z' },
        parts: [{ type: 'text', text: 'cut off \ufffd' }],
      },
    ]);
  });

  it('loads its newest messages alone', async () => {
    const { client, save } = await chatWorld();
    const messages = [user('u1', 'a'), assistant('a1', '1'), user('u2', 'b')];
    await save(...messages);
    expect(await loadMessages(client, CHAT, { limit: 2 })).toEqual(messages.slice(1));
  });

  it('refuses a message without an id, and says where it gets one', async () => {
    const { save, stored } = await chatWorld();
    await expect(save(user('u1', 'a'), assistant('', '1'))).rejects.toThrow(
      'Pass originalMessages or generateMessageId',
    );
    expect(await stored()).toEqual([]);
  });

  it('refuses a message that is too large, and does not shorten it', async () => {
    const { save } = await chatWorld();
    await expect(save(user('u1', 'a'.repeat(300_000)))).rejects.toMatchObject({ code: 'append-too-large' });
  });
});

describe('what the middleware stores', () => {
  it('is loaded as UI messages, calls with their results', async () => {
    const { client, load } = await chatWorld();
    const { model } = scriptedModel([calls('c1', 'weather', { city: 'Bergen' }), says('7.5 °C.')]);
    await generateText({
      model: wrapLanguageModel({ model, middleware: commitlaneMiddleware({ client, sessionId: CHAT }) }),
      tools: { weather },
      stopWhen: isStepCount(5),
      prompt: 'How warm is it?',
    });
    const messages = await load();
    expect(messages.map(({ role, parts }) => [role, parts])).toEqual([
      ['user', [{ type: 'text', text: 'How warm is it?' }]],
      [
        'assistant',
        [
          {
            type: 'dynamic-tool',
            toolCallId: 'c1',
            toolName: 'weather',
            state: 'output-available',
            input: { city: 'Bergen' },
            output: { city: 'Bergen', celsius: 7.5 },
          },
        ],
      ],
      ['assistant', [{ type: 'text', text: '7.5 °C.' }]],
    ]);
    expect((await convertToModelMessages(messages)).map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'tool',
      'assistant',
    ]);
    await saveMessages(client, CHAT, messages);
    expect(await load()).toEqual(messages);
    expect(await readHistory(client, CHAT)).toHaveLength(4);
  });

  it('is loaded whatever it is', async () => {
    const { client, load } = await chatWorld();
    await appendHistory(client, CHAT, [
      { id: 'm1', role: 'tool', content: 'disk is full' },
      {
        id: 'm2',
        role: 'tool',
        content: [{ type: 'tool-result', toolCallId: 'c9', toolName: 'x', output: 'alone' }],
      },
      {
        id: 'm3',
        role: 'user',
        content: [
          { type: 'file', mediaType: 'image/png', data: 'iVBORw0KGgo=' },
          { type: 'text', text: '' },
        ],
      },
      {
        id: 'm4',
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'tool-call', toolCallId: 'c1', toolName: 'x', input: 1 },
        ],
      },
      {
        id: 'm5',
        role: 'tool',
        content: [
          { type: 'tool-result', toolCallId: 'c1', toolName: 'x', output: { code: 7 }, isError: true },
        ],
      },
    ]);
    expect(await load()).toEqual([
      { id: 'm1', role: 'assistant', parts: [{ type: 'text', text: 'disk is full' }] },
      { id: 'm2', role: 'assistant', parts: [{ type: 'text', text: '[result of x, call c9] alone' }] },
      {
        id: 'm3',
        role: 'user',
        parts: [{ type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,iVBORw0KGgo=' }],
      },
      {
        id: 'm4',
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'Hm.' },
          {
            type: 'dynamic-tool',
            toolCallId: 'c1',
            toolName: 'x',
            state: 'output-error',
            input: 1,
            errorText: '{"code":7}',
          },
        ],
      },
    ]);
  });
});
