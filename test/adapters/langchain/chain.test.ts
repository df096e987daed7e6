import { AIMessage, type BaseMessage, HumanMessage } from '@langchain/core/messages';
import { ChatPromptTemplate, MessagesPlaceholder } from '@langchain/core/prompts';
import { RunnableLambda, RunnableWithMessageHistory } from '@langchain/core/runnables';
import { FakeListChatModel } from '@langchain/core/utils/testing';
import { describe, expect, it } from 'vitest';
import { CommitlaneChatMessageHistory } from '../../../lib/adapters/langchain/index.ts';
import { type AdapterWorld, adapterWorld } from '../adapter-world.ts';

const SESSION = 'chat-42';
const config = { configurable: { sessionId: SESSION } };
const prompt = ChatPromptTemplate.fromMessages([
  ['system', 'Help.'],
  new MessagesPlaceholder('history'),
  ['human', '{input}'],
]);

/** A process that has just started, with a model that says these things. */
function start(world: AdapterWorld, responses: string[]) {
  const { client } = world.process();
  const told: string[][] = [];
  const look = RunnableLambda.from((value: { messages: BaseMessage[] }) => {
    told.push(value.messages.map((message) => `${message.getType()}: ${message.text}`));
    return value.messages;
  });
  const model = new FakeListChatModel({ responses });
  const chain = new RunnableWithMessageHistory({
    runnable: prompt.pipe(look as never).pipe(model),
    getMessageHistory: (sessionId: string) => new CommitlaneChatMessageHistory({ client, sessionId }),
    inputMessagesKey: 'input',
    historyMessagesKey: 'history',
  });
  return { chain, told };
}

describe('a chain with a history', () => {
  it('goes on where another process ended', async () => {
    const world = await adapterWorld();
    const answer = await start(world, ['Hello, Ann.']).chain.invoke({ input: 'I am Ann.' }, config);
    expect(answer.text).toBe('Hello, Ann.');
    await world.commit(SESSION);
    const second = start(world, ['Ann.']);
    await second.chain.invoke({ input: 'What is my name?' }, config);
    expect(second.told).toEqual([
      ['system: Help.', 'human: I am Ann.', 'ai: Hello, Ann.', 'human: What is my name?'],
    ]);
  });

  it('stores what it streams as one answer', async () => {
    const world = await adapterWorld();
    let streamed = '';
    for await (const chunk of await start(world, ['Hello, Ann.']).chain.stream(
      { input: 'I am Ann.' },
      config,
    )) {
      streamed += chunk.text;
    }
    expect(streamed).toBe('Hello, Ann.');
    const { client } = world.process();
    const history = new CommitlaneChatMessageHistory({ client, sessionId: SESSION });
    const messages = await history.getMessages();
    expect(messages.map(({ text }) => text)).toEqual(['I am Ann.', 'Hello, Ann.']);
    expect(messages[0]).toBeInstanceOf(HumanMessage);
    expect(messages[1]).toBeInstanceOf(AIMessage);
  });

  it('loses nothing of another one at the same time', async () => {
    const world = await adapterWorld();
    const [one, two] = [start(world, ['One.']), start(world, ['Two.'])];
    await Promise.all([
      one.chain.invoke({ input: 'One?' }, config),
      two.chain.invoke({ input: 'Two?' }, config),
    ]);
    const { client } = world.process();
    const history = new CommitlaneChatMessageHistory({ client, sessionId: SESSION });
    const texts = (await history.getMessages()).map(({ text }) => text);
    expect(texts).toHaveLength(4);
    for (const turn of ['One', 'Two']) {
      expect(texts.filter((text) => text.startsWith(turn))).toEqual([`${turn}?`, `${turn}.`]);
    }
  });
});
