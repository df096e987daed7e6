import {
  Agent,
  type AgentInputItem,
  type AgentOutputItem,
  run,
  setTracingDisabled,
  tool,
} from '@openai/agents';
import {
  assistantMessage,
  functionCall,
  ScriptedModel,
  type ScriptedModelInput,
} from '@openai/agents/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commitlaneSession, type SessionContext } from '../../../lib/adapters/openai-agents/index.ts';
import { type AdapterWorld, adapterWorld } from '../adapter-world.ts';

const SESSION = 'chat-42';

beforeAll(() => setTracingDisabled(true));

const weather = tool({
  name: 'weather',
  description: 'The weather in a city.',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `7 °C in ${city}`,
});

/** A process that has just started, with a model that says these things. */
function start(world: AdapterWorld, steps: readonly ScriptedModelInput[], context?: SessionContext) {
  const { client } = world.process();
  const model = new ScriptedModel(steps);
  return {
    client,
    model,
    agent: new Agent({ name: 'Guide', instructions: 'Help.', model, tools: [weather] }),
    session: commitlaneSession({ client, sessionId: SESSION, ...(context && { context }) }),
  };
}

const says = (text: string) => [assistantMessage(text)];
const asks = (city: string) => [functionCall('weather', { city }, { callId: `call-${city}` })];

/** What the model was told last, as texts. */
function toldTo(model: ScriptedModel): string[] {
  const input = model.lastCall?.request.input ?? [];
  return typeof input === 'string' ? [input] : input.map(inWords);
}

function inWords(item: AgentInputItem): string {
  if (item.type === 'function_call') return `call ${item.arguments}`;
  if (item.type === 'function_call_result') return `result ${JSON.stringify(item.output)}`;
  if (!('role' in item)) return String(item.type);
  const { role, content } = item;
  const text =
    typeof content === 'string' ? content : content.map((block) => ('text' in block ? block.text : ''));
  return `${role}: ${String(text)}`;
}

const conversation = [
  'user: How warm is it in Bergen?',
  'call {"city":"Bergen"}',
  'result {"type":"text","text":"7 °C in Bergen"}',
  'assistant: It is 7 °C.',
];

describe('an agent that is run with a session', () => {
  it('goes on where another process ended, with its calls and results', async () => {
    const world = await adapterWorld();
    const first = start(world, [asks('Bergen'), says('It is 7 °C.')]);
    const { finalOutput } = await run(first.agent, 'How warm is it in Bergen?', { session: first.session });
    expect(finalOutput).toBe('It is 7 °C.');
    await world.commit(SESSION);

    const second = start(world, [says('Take a coat.')]);
    await run(second.agent, 'And what shall I wear?', { session: second.session });
    expect(toldTo(second.model)).toEqual([...conversation, 'user: And what shall I wear?']);
    expect((await second.session.getItems()).map(inWords)).toEqual([
      ...conversation,
      'user: And what shall I wear?',
      'assistant: Take a coat.',
    ]);
  });

  it('goes on likewise when it streams', async () => {
    const world = await adapterWorld();
    const first = start(world, [asks('Bergen'), says('It is 7 °C.')]);
    const streamed = await run(first.agent, 'How warm is it in Bergen?', {
      session: first.session,
      stream: true,
    });
    for await (const event of streamed) expect(event.type).toBeTypeOf('string');
    await streamed.completed;

    const second = start(world, [says('Take a coat.')]);
    await run(second.agent, 'And what shall I wear?', { session: second.session });
    expect(toldTo(second.model)).toEqual([...conversation, 'user: And what shall I wear?']);
  });

  it('loses nothing of another run at the same time', async () => {
    const world = await adapterWorld();
    const [one, two] = ['Oslo', 'Bergen'].map((city) => start(world, [asks(city), says(`Bye, ${city}.`)]));
    await Promise.all([
      one && run(one.agent, 'Oslo?', { session: one.session }),
      two && run(two.agent, 'Bergen?', { session: two.session }),
    ]);
    const words = ((await one?.session.getItems()) ?? []).map(inWords);
    expect(words.filter((text) => text.includes('Oslo'))).toEqual([
      'user: Oslo?',
      'call {"city":"Oslo"}',
      'result {"type":"text","text":"7 °C in Oslo"}',
      'assistant: Bye, Oslo.',
    ]);
    expect(words.filter((text) => text.includes('Bergen'))).toHaveLength(4);
    expect(words).toHaveLength(8);
  });

  it('is told what was taken back no more', async () => {
    const world = await adapterWorld();
    const first = start(world, [says('Hello.')]);
    await run(first.agent, 'Forget this.', { session: first.session });
    await first.session.popItem();
    await first.session.popItem();
    const second = start(world, [says('Hello again.')]);
    await run(second.agent, 'Hello?', { session: second.session });
    expect(toldTo(second.model)).toEqual(['user: Hello?']);
  });

  it('goes on from a compaction of the model, and what came before it stays stored', async () => {
    const world = await adapterWorld();
    const compaction: AgentOutputItem = { type: 'compaction', encrypted_content: 'abc' };
    const first = start(world, [says('Good morning.'), [compaction, assistantMessage('Hello.')]]);
    await run(first.agent, 'Good morning?', { session: first.session });
    await run(first.agent, 'Hello?', { session: first.session });
    const second = start(world, [says('Bye.')]);
    await run(second.agent, 'Bye?', { session: second.session });
    expect(toldTo(second.model)).toEqual(['compaction', 'assistant: Hello.', 'user: Bye?']);
    expect((await second.session.getItems()).map(inWords)).toEqual([
      'user: Good morning?',
      'assistant: Good morning.',
      'compaction',
      'assistant: Hello.',
      'user: Bye?',
      'assistant: Bye.',
    ]);
  });
});

describe('an agent that is run with the context of a session', () => {
  const context = { tokenBudget: 4_000 };

  it('is told what is remembered, then what was said', async () => {
    const world = await adapterWorld();
    const first = start(world, [asks('Bergen'), says('It is 7 °C.')], context);
    await run(first.agent, 'How warm is it in Bergen?', { session: first.session });
    await first.client.editMemory('ann', { category: 'profile', key: 'name' }, 'The user is called Ann.');
    await world.commit(SESSION);

    const second = start(world, [says('Ann.')], context);
    await run(second.agent, 'What is my name?', { session: second.session });
    const [remembered, ...others] = toldTo(second.model);
    expect(remembered).toMatch(/^system: .*The user is called Ann\./su);
    expect(others).toEqual([...conversation, 'user: What is my name?']);
    expect(await second.session.getItems(1)).toMatchObject([{ role: 'assistant' }]);
    expect((await second.session.getItems()).map(inWords)[0]).toBe(remembered);
  });

  it('is told what was taken back no more', async () => {
    const world = await adapterWorld();
    const first = start(world, [says('Hello.')], context);
    await run(first.agent, 'Hi.', { session: first.session });
    await first.session.popItem();
    const second = start(world, [says('Hello again.')], context);
    await run(second.agent, 'Hello?', { session: second.session });
    expect(toldTo(second.model)).toEqual(['user: Hi.', 'user: Hello?']);
  });

  it('is told no more than the budget holds', async () => {
    const world = await adapterWorld();
    const { agent, model, session } = start(world, [says('Yes.')], { tokenBudget: 20 });
    const long = Array.from(
      { length: 30 },
      (_, index): AgentInputItem => ({
        role: 'user',
        content: `word ${index}`,
      }),
    );
    await session.addItems(long);
    await run(agent, 'Still there?', { session });
    const told = toldTo(model);
    expect(told.length).toBeLessThan(12);
    expect(told.slice(-2)).toEqual(['user: word 29', 'user: Still there?']);
  });
});
