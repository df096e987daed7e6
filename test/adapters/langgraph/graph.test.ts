import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { END, MemorySaver, START, StateGraph } from '@langchain/langgraph';
import { describe, expect, it } from 'vitest';
import { CommitlaneChatMessageHistory } from '../../../lib/adapters/langchain/index.ts';
import {
  CommitlaneState,
  commitlaneNodes,
  type SessionContext,
} from '../../../lib/adapters/langgraph/index.ts';
import { type AdapterWorld, adapterWorld, type Plan } from '../adapter-world.ts';

const THREAD = 'chat-42';
const config = { configurable: { thread_id: THREAD } };

interface Start {
  readonly plan?: Plan;
  readonly context?: SessionContext;
  readonly checkpointer?: MemorySaver;
}

/** A process that has just started, with a graph whose model says these things, and calls its tool if they end with `…`. */
function start(world: AdapterWorld, answers: string[], { plan, context, checkpointer }: Start = {}) {
  const { client } = world.process(plan);
  const { loadContext, saveMessages } = commitlaneNodes({ client, ...(context && { context }) });
  const told: string[][] = [];
  let calls = 0;
  const answer = ({ context: before, messages }: typeof CommitlaneState.State) => {
    told.push([...before, ...messages].map(inWords));
    const text = answers.shift() ?? '?';
    calls += 1;
    const call = { id: `c${told.length}-${calls}`, name: 'weather', args: { city: 'Bergen' } };
    return { messages: [new AIMessage({ content: text, tool_calls: text.endsWith('…') ? [call] : [] })] };
  };
  const tools = ({ messages }: typeof CommitlaneState.State) => {
    const [call] = callsOf(messages.at(-1));
    return {
      messages: [new ToolMessage({ content: '7 °C', tool_call_id: call?.id ?? '', name: 'weather' })],
    };
  };
  const graph = new StateGraph(CommitlaneState)
    .addNode('load', loadContext)
    .addNode('answer', answer)
    .addNode('tools', tools)
    .addNode('save', saveMessages)
    .addEdge(START, 'load')
    .addEdge('load', 'answer')
    .addConditionalEdges('answer', ({ messages }) => (callsOf(messages.at(-1)).length > 0 ? 'tools' : 'save'))
    .addEdge('tools', 'answer')
    .addEdge('save', END)
    .compile(checkpointer ? { checkpointer } : {});
  return {
    client,
    graph,
    told,
    say: (text: string) => graph.invoke({ messages: [new HumanMessage(text)] }, config),
  };
}

function callsOf(message: BaseMessage | undefined) {
  return message instanceof AIMessage ? (message.tool_calls ?? []) : [];
}

const inWords = (message: BaseMessage) => `${message.getType()}: ${message.text}`;

async function stored(world: AdapterWorld): Promise<string[]> {
  const { client } = world.process();
  const history = new CommitlaneChatMessageHistory({ client, sessionId: THREAD });
  return (await history.getMessages()).map(inWords);
}

const conversation = ['human: How warm is it?', 'ai: Let me look…', 'tool: 7 °C', 'ai: It is 7 °C.'];
const next = ['human: And what shall I wear?', 'ai: A coat.'];

describe('a graph whose thread is a session', () => {
  it('goes on where another process ended, with its calls and results', async () => {
    const world = await adapterWorld();
    await start(world, ['Let me look…', 'It is 7 °C.']).say('How warm is it?');
    await world.commit(THREAD);
    const second = start(world, ['A coat.']);
    const state = await second.say('And what shall I wear?');
    expect(second.told).toEqual([[...conversation, 'human: And what shall I wear?']]);
    expect(state.messages.map(inWords)).toEqual(next);
    expect(await stored(world)).toEqual([...conversation, ...next]);
  });

  it('tells and stores each message once, if a checkpointer keeps the state, too', async () => {
    const world = await adapterWorld();
    const checkpointer = new MemorySaver();
    await start(world, ['Let me look…', 'It is 7 °C.'], { checkpointer }).say('How warm is it?');
    await world.commit(THREAD);
    const second = start(world, ['A coat.', 'Bye.'], { checkpointer });
    await second.say('And what shall I wear?');
    expect(second.told).toEqual([[...conversation, 'human: And what shall I wear?']]);
    expect(await stored(world)).toEqual([...conversation, ...next]);
    await second.say('Bye.');
    expect(await stored(world)).toEqual([...conversation, ...next, 'human: Bye.', 'ai: Bye.']);
  });

  it('stores each message once, whichever answer is lost', async () => {
    for (let at = 1; at <= 8; at += 1) {
      const world = await adapterWorld();
      const plan = { loses: (request: number) => request === at };
      await start(world, ['Let me look…', 'It is 7 °C.'], { plan }).say('How warm is it?');
      expect(await stored(world)).toEqual(conversation);
    }
  });

  it('stores each message once, if the node that saves fails and runs again', async () => {
    for (let at = 1; at <= 6; at += 1) {
      const world = await adapterWorld();
      const checkpointer = new MemorySaver();
      const plan = { loses: (request: number) => request === at, maxRetries: 0 };
      const first = start(world, ['Let me look…', 'It is 7 °C.'], { plan, checkpointer });
      await first.say('How warm is it?').catch(() => first.graph.invoke(null, config));
      expect(await stored(world)).toEqual(conversation);
    }
  });

  it('gives a message back with the id that it had', async () => {
    const world = await adapterWorld();
    const { messages } = await start(world, ['Hello.']).say('Hello?');
    const second = start(world, ['Bye.']);
    const { context } = await second.say('Bye?');
    expect(context.map(({ id }) => id)).toEqual(messages.map(({ id }) => id));
    expect(context.every(({ id }) => id !== undefined)).toBe(true);
  });

  it('stores messages whose ids Commitlane does not take, and gives them back', async () => {
    const world = await adapterWorld();
    const { graph } = start(world, ['Hello.']);
    await graph.invoke({ messages: [new HumanMessage({ content: 'Hello?', id: 'id of mine/1' })] }, config);
    const { context } = await start(world, ['Bye.']).say('Bye?');
    expect(context.map(({ id, text }) => ({ id, text }))).toEqual([
      { id: 'id of mine/1', text: 'Hello?' },
      { id: expect.any(String), text: 'Hello.' },
    ]);
  });

  it('tells what is remembered, then what was said, if it is to load a context', async () => {
    const world = await adapterWorld();
    const context = { tokenBudget: 2_000 };
    const first = start(world, ['Hello.'], { context });
    await first.say('Hello?');
    await first.client.editMemory('ann', { category: 'profile', key: 'name' }, 'The user is called Ann.');
    const second = start(world, ['Ann.'], { context });
    await second.say('What is my name?');
    const [told = []] = second.told;
    expect(told[0]).toMatch(/^system: .*The user is called Ann\./su);
    expect(told.slice(1)).toEqual(['human: Hello?', 'ai: Hello.', 'human: What is my name?']);
  });

  it('cannot be run without the id of the thread', async () => {
    const { graph } = start(await adapterWorld(), ['Hello.']);
    await expect(graph.invoke({ messages: [new HumanMessage('Hello?')] })).rejects.toThrow(
      /has no thread_id/,
    );
  });
});
