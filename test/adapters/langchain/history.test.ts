import {
  AIMessage,
  AIMessageChunk,
  type BaseMessage,
  ChatMessage,
  FunctionMessage,
  HumanMessage,
  RemoveMessage,
  SystemMessage,
  ToolMessage,
} from '@langchain/core/messages';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommitlaneChatMessageHistory } from '../../../lib/adapters/langchain/index.ts';
import { fieldsOf, toMessage } from '../../../lib/adapters/langchain/messages/index.ts';
import { langChainFields } from '../../messages/arbitraries/langchain.ts';
import { type AdapterWorld, adapterWorld } from '../adapter-world.ts';
import { describeHistoryContract } from '../history-contract.ts';

const SESSION = 'chat-42';

function open(world: AdapterWorld) {
  const { client } = world.process();
  return { client, history: new CommitlaneChatMessageHistory({ client, sessionId: SESSION }) };
}

/** All that a message shows, and of which class it is. */
function shown(message: BaseMessage) {
  const { lc_kwargs: _, ...fields } = message;
  return { class: message.constructor.name, fields, blocks: message.contentBlocks };
}

const call = {
  id: 'c1',
  name: 'weather',
  args: { city: 'Bergen', days: [1, 2] },
  type: 'tool_call' as const,
};

describeHistoryContract<BaseMessage>('a history of LangChain', {
  open(client, sessionId) {
    const history = new CommitlaneChatMessageHistory({ client, sessionId });
    return { append: (messages) => history.addMessages([...messages]), read: () => history.getMessages() };
  },
  said: (role, text, id) =>
    role === 'user' ? new HumanMessage({ content: text, id }) : new AIMessage({ content: text, id }),
  toolTurn: [
    new AIMessage({ content: 'Let me look.', tool_calls: [call] }),
    new ToolMessage({ content: '7 °C', tool_call_id: 'c1', name: 'weather' }),
  ],
  shown,
  knowsRepeats: false,
});

const image = 'data:image/png;base64,iVBORw==';
const messages: readonly BaseMessage[] = [
  new SystemMessage('Help.'),
  new HumanMessage('What is the weather in Bergen?'),
  new HumanMessage({
    content: [
      { type: 'text', text: 'And what is this?' },
      { type: 'image_url', image_url: { url: image, detail: 'low' } },
    ],
    name: 'Ann',
    id: 'human 1',
    additional_kwargs: { mood: 'curious' },
  }),
  new AIMessage({
    content: '',
    id: 'run-1',
    tool_calls: [call],
    invalid_tool_calls: [{ name: 'weather', args: '{"city', id: 'c2', error: 'Malformed args.' }],
    ...({ usage_metadata: { input_tokens: 3, output_tokens: 4, total_tokens: 7 } } as object),
    response_metadata: { model_name: 'fake', finish_reason: 'tool_calls' },
    additional_kwargs: { tool_calls: [], refusal: null },
  }),
  new AIMessage({
    content: [
      { type: 'thinking', thinking: 'Hm.', signature: 'abc' },
      { type: 'text', text: 'Let me look.', cache_control: { type: 'ephemeral' } },
      { type: 'tool_use', id: 'c3', name: 'weather', input: {} },
    ],
    tool_calls: [{ ...call, id: 'c3' }],
  }),
  new AIMessage({ contentBlocks: [{ type: 'text', text: 'In blocks.' }] }),
  new ToolMessage({ content: '7 °C', tool_call_id: 'c1', name: 'weather', artifact: { raw: [7] } }),
  new ToolMessage({
    content: [{ type: 'text', text: 'no net' }],
    tool_call_id: 'c3',
    status: 'error',
    metadata: { attempts: 2 },
  }),
  new FunctionMessage({ content: '7 °C', name: 'weather' }),
  new ChatMessage({ content: 'Be brief.', role: 'developer' }),
  new HumanMessage(''),
];

describe('a history of LangChain', () => {
  it('gives messages of every kind as they were, live and archived', async () => {
    const world = await adapterWorld();
    await open(world).history.addMessages([...messages]);
    const all = messages.map(shown);
    expect((await open(world).history.getMessages()).map(shown)).toEqual(all);
    await world.commit(SESSION);
    expect((await open(world).history.getMessages()).map(shown)).toEqual(all);
  });

  it('makes of a message what makes the same message', () => {
    fc.assert(
      fc.property(langChainFields, (fields) => {
        const message = toMessage(structuredClone(fields));
        const again = toMessage(structuredClone(fieldsOf(message)));
        expect(shown(again).fields).toEqual(shown(message).fields);
        expect(again.constructor).toBe(message.constructor);
      }),
      { numRuns: 300 },
    );
  });

  it('takes what is said one by one', async () => {
    const { history } = open(await adapterWorld());
    await history.addUserMessage('Hello?');
    await history.addAIMessage('Hello.');
    await history.addMessage(new HumanMessage('Bye.'));
    expect((await history.getMessages()).map(({ text }) => text)).toEqual(['Hello?', 'Hello.', 'Bye.']);
  });

  it('stores a turn by one append, in words that can be summarised', async () => {
    const world = await adapterWorld();
    const { client, history } = open(world);
    await history.addMessages([
      new HumanMessage('How warm is it?'),
      new AIMessage({ content: '', tool_calls: [call] }),
      new ToolMessage({ content: '7 °C', tool_call_id: 'c1' }),
    ]);
    const { live } = await client.getSession(SESSION);
    expect(new Set(live.map(({ position }) => position)).size).toBe(1);
    expect(live.map(({ role, content }) => ({ role, content }))).toEqual([
      { role: 'user', content: 'How warm is it?' },
      {
        role: 'assistant',
        content: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: call.args }],
      },
      {
        role: 'tool',
        content: [{ type: 'tool-result', toolCallId: 'c1', toolName: 'weather', output: '7 °C' }],
      },
    ]);
  });

  it('gives a message of chunks as the whole message', async () => {
    const { history } = open(await adapterWorld());
    const chunk = new AIMessageChunk({ content: 'Let ', id: 'run-1' }).concat(
      new AIMessageChunk({
        content: 'me look.',
        tool_call_chunks: [
          { id: 'c1', name: 'weather', args: '{"city":"Bergen"}', index: 0, type: 'tool_call_chunk' },
        ],
      }),
    );
    await history.addMessage(chunk);
    const [message] = await history.getMessages();
    expect(message).toBeInstanceOf(AIMessage);
    expect(message).toMatchObject({
      id: 'run-1',
      content: 'Let me look.',
      tool_calls: [{ id: 'c1', name: 'weather', args: { city: 'Bergen' } }],
    });
  });

  it('stores an answer again that is given again, such as one of a cache', async () => {
    const { history } = open(await adapterWorld());
    const answer = () => new AIMessage({ content: 'Yes.', id: 'run-1' });
    await history.addMessages([new HumanMessage('Tea?'), answer()]);
    await history.addMessages([new HumanMessage('Sugar?'), answer()]);
    expect((await history.getMessages()).map(({ text }) => text)).toEqual(['Tea?', 'Yes.', 'Sugar?', 'Yes.']);
  });

  it('refuses an order to remove a message', async () => {
    const { history } = open(await adapterWorld());
    await expect(history.addMessage(new RemoveMessage({ id: 'run-1' }))).rejects.toThrow(/cannot be stored/);
  });

  it('that is cleared is empty, and goes on', async () => {
    const world = await adapterWorld();
    const { history } = open(world);
    await history.addUserMessage('one');
    await history.clear();
    expect(await open(world).history.getMessages()).toEqual([]);
    await open(world).history.addUserMessage('two');
    expect((await history.getMessages()).map(({ text }) => text)).toEqual(['two']);
  });

  it('tells what is remembered, then what was said, if it is to give a context', async () => {
    const world = await adapterWorld();
    const { client, history } = open(world);
    await history.addUserMessage('What is my name?');
    await client.editMemory('ann', { category: 'profile', key: 'name' }, 'The user is called Ann.');
    const context = new CommitlaneChatMessageHistory({
      client,
      sessionId: SESSION,
      context: { tokenBudget: 2_000 },
    });
    const told = await context.getMessages();
    expect(told.map((message) => message.getType())).toEqual(['system', 'human']);
    expect(told[0]?.text).toContain('The user is called Ann.');
  });
});
