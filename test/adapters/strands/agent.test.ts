import {
  Agent,
  BeforeToolCallEvent,
  type InterruptResponseContentData,
  SessionManager,
  type SessionManagerConfig,
  SummarizingConversationManager,
  tool,
} from '@strands-agents/sdk';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commitlaneStorage } from '../../../lib/adapters/strands/index.ts';
import { CommitlaneNetworkError } from '../../../lib/client/index.ts';
import { describePart, partsOf } from '../../../lib/messages/index.ts';
import { collect } from '../../client/collect.ts';
import { type AdapterWorld, adapterWorld, type Plan } from '../adapter-world.ts';
import { type Reply, ScriptedModel } from './scripted-model.ts';

const SESSION = 'chat-42';

const weather = tool({
  name: 'weather',
  description: 'Says how warm it is.',
  inputSchema: z.object({ city: z.string() }),
  callback: ({ city }, context) => {
    context?.agent.appState.set('lastCity', city);
    return { city, degrees: 9 };
  },
});

const asks: Reply = { thought: 'I have to look.', tool: 'weather', id: 'c1', input: { city: 'Oslo' } };

interface Started {
  readonly replies: readonly Reply[];
  readonly plan?: Plan;
  readonly session?: Partial<SessionManagerConfig>;
  readonly agent?: Partial<ConstructorParameters<typeof Agent>[0]>;
}

/** An agent in a process that has just started. */
function start(world: AdapterWorld, { replies, plan, session, agent }: Started) {
  const model = new ScriptedModel(replies);
  const { client } = world.process(plan);
  const storage = { snapshot: commitlaneStorage(client, { settings: { title: 'Weather' } }) };
  const sessionManager = new SessionManager({ sessionId: SESSION, storage, ...session });
  const started = new Agent({ model, tools: [weather], printer: false, sessionManager, ...agent });
  return { agent: started, model, client, sessionManager };
}

const jsonOf = (agent: Agent) => agent.messages.map((message) => message.toJSON());

async function storedTexts(world: AdapterWorld, session = SESSION): Promise<string[]> {
  const texts: string[] = [];
  for await (const message of world.process().client.liveMessages(session))
    texts.push(partsOf(message.content).map(describePart).join('\n'));
  return texts;
}

describe('an agent of Strands', () => {
  it.each(['invocation', 'message'] as const)(
    'goes on in another process where it was, with its tools, thoughts and state (saved on %s)',
    async (saveLatestOn) => {
      const world = await adapterWorld();
      const first = start(world, {
        replies: [asks, { text: 'It is 9 degrees.' }],
        session: { saveLatestOn },
        agent: { systemPrompt: 'Be brief.' },
      });
      await first.agent.invoke('How warm is it in Oslo?');
      expect(first.agent.messages).toHaveLength(4);
      await world.commit(SESSION);

      const second = start(world, { replies: [{ text: 'Still 9.' }], session: { saveLatestOn } });
      await second.agent.initialize();
      expect(jsonOf(second.agent)).toEqual(JSON.parse(JSON.stringify(jsonOf(first.agent))));
      expect(second.agent.systemPrompt).toBe('Be brief.');
      expect(second.agent.appState.get('lastCity')).toBe('Oslo');
      await second.agent.invoke('And now?');
      expect(second.model.sent[0]?.map(({ role }) => role)).toEqual([
        ...['user', 'assistant', 'user', 'assistant', 'user'],
      ]);

      const third = start(world, { replies: [] });
      await third.agent.initialize();
      expect(jsonOf(third.agent)).toEqual(JSON.parse(JSON.stringify(jsonOf(second.agent))));
      expect(await third.client.getSession(SESSION)).toMatchObject({ title: 'Weather', archiveCount: 1 });
      const messages = await collect(third.client.archivedMessages(SESSION, 1));
      expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant']);
      expect(partsOf(messages[2]?.content ?? '')).toMatchObject([{ toolName: 'weather', isError: false }]);
    },
  );

  it('stores each message once, whatever answer of the API is lost', async () => {
    for (let lost = 1; lost <= 6; lost += 1) {
      const world = await adapterWorld();
      const plan = { loses: (request: number) => request === lost };
      const { agent } = start(world, { replies: [asks, { text: 'Nine.' }, { text: 'Bye.' }], plan });
      await agent.invoke('How warm is it?');
      await agent.invoke('Thank you.');
      const restored = start(world, { replies: [] }).agent;
      await restored.initialize();
      expect(jsonOf(restored)).toEqual(JSON.parse(JSON.stringify(jsonOf(agent))));
    }
  });

  it('catches up with the next turn where no answer of the API came for one, whether or not it was stored', async () => {
    const world = await adapterWorld();
    let isDown = false;
    const plan = { maxRetries: 0, loses: () => isDown };
    const { agent } = start(world, {
      replies: [{ text: 'Hello.' }, asks, { text: 'Nine.' }, { text: 'Bye.' }],
      plan,
    });
    await agent.invoke('Hello?');
    isDown = true;
    await expect(agent.invoke('How warm is it?')).rejects.toBeInstanceOf(CommitlaneNetworkError);
    isDown = false;
    await agent.invoke('Thank you.');
    const restored = start(world, { replies: [] }).agent;
    await restored.initialize();
    expect(jsonOf(restored)).toEqual(JSON.parse(JSON.stringify(jsonOf(agent))));
    expect(restored.appState.get('lastCity')).toBe('Oslo');
  });

  it('keeps all that was said where the agent sends only a summary of it any more', async () => {
    const world = await adapterWorld();
    const replies = ['One.', 'Two.', 'Three.', 'A summary.', 'Four.'].map((text) => ({ text }));
    const conversationManager = new SummarizingConversationManager({
      summaryRatio: 0.5,
      preserveRecentMessages: 2,
    });
    const { agent } = start(world, { replies, agent: { conversationManager } });
    for (const question of ['one?', 'two?', 'three?']) await agent.invoke(question);
    await conversationManager.reduce({ agent, model: agent.model });
    expect(agent.messages.length).toBeLessThan(6);
    await agent.invoke('four?');
    expect(await storedTexts(world)).toEqual([
      ...['one?', 'One.', 'two?', 'Two.', 'three?', 'Three.', 'four?', 'Four.'],
    ]);
  });

  it('stores of what a guardrail redacts only what is left', async () => {
    const world = await adapterWorld();
    const replies = [{ text: 'I cannot say.', redacted: '[redacted]' }];
    await start(world, { replies }).agent.invoke('My card is 4111…');
    expect(await storedTexts(world)).toEqual(['[redacted]', 'I cannot say.']);
  });

  it('waits for a person, and goes on in another process when they have answered', async () => {
    const world = await adapterWorld();
    const approving = (agent: Agent) =>
      agent.addHook(BeforeToolCallEvent, (event) => {
        if (event.interrupt({ name: 'approve', reason: 'May it look?' }) !== 'yes')
          event.cancel = 'Not allowed.';
      });
    const first = start(world, { replies: [asks] });
    approving(first.agent);
    const { stopReason, interrupts } = await first.agent.invoke('How warm is it?');
    expect(stopReason).toBe('interrupt');

    const second = start(world, { replies: [{ text: 'Nine.' }] });
    approving(second.agent);
    await second.agent.initialize();
    const answer: InterruptResponseContentData = {
      interruptResponse: { interruptId: interrupts?.[0]?.id ?? '', response: 'yes' },
    };
    await second.agent.invoke([answer]);
    expect((await storedTexts(world)).at(-1)).toBe('Nine.');
    expect(second.agent.appState.get('lastCity')).toBe('Oslo');
  });

  it('has a session of its own beside that of another agent', async () => {
    const world = await adapterWorld();
    await start(world, { replies: [{ text: 'One.' }] }).agent.invoke('one?');
    const { agent, sessionManager } = start(world, { replies: [{ text: 'Two.' }], agent: { id: 'critic' } });
    await agent.invoke('two?');
    expect(await storedTexts(world)).toEqual(['one?', 'One.']);
    expect(await storedTexts(world, `${SESSION}:critic`)).toEqual(['two?', 'Two.']);
    await sessionManager.deleteSession();
    await sessionManager.deleteSession();
    await expect(storedTexts(world)).rejects.toMatchObject({ status: 404 });
    await expect(storedTexts(world, `${SESSION}:critic`)).rejects.toMatchObject({ status: 404 });
  });
});

describe('what a history cannot keep', () => {
  it('is refused: the session of an id that was deleted', async () => {
    const world = await adapterWorld();
    const { agent, sessionManager } = start(world, { replies: [{ text: 'One.' }, { text: 'Two.' }] });
    await agent.invoke('one?');
    await sessionManager.deleteSession();
    await expect(agent.invoke('two?')).rejects.toMatchObject({ code: 'session-deleted' });
  });

  it('is refused: snapshots beside the latest', async () => {
    const world = await adapterWorld();
    const session = { snapshotTrigger: () => true };
    const { agent, sessionManager } = start(world, { replies: [{ text: 'One.' }], session });
    await expect(agent.invoke('one?')).rejects.toThrow(/leave snapshotTrigger out/);
    const snapshotId = '0190a0a0-0000-7000-8000-000000000000';
    await expect(sessionManager.restoreSnapshot({ target: agent, snapshotId })).rejects.toThrow(
      /no snapshots of it/,
    );
    expect(await sessionManager.listSnapshotIds({ target: agent })).toEqual([]);
    expect(await storedTexts(world)).toEqual(['one?', 'One.']);
  });

  it('is refused: a state that changed while nobody said anything; it is kept with the next message', async () => {
    const world = await adapterWorld();
    const { agent, sessionManager } = start(world, { replies: [{ text: 'One.' }, { text: 'Two.' }] });
    await agent.invoke('one?');
    await sessionManager.saveSnapshot({ target: agent, isLatest: true });
    agent.appState.set('mood', 'good');
    await expect(sessionManager.saveSnapshot({ target: agent, isLatest: true })).rejects.toThrow(
      /has no new message to keep changes of state with/,
    );
    await agent.invoke('two?');
    const restored = start(world, { replies: [] }).agent;
    await restored.initialize();
    expect(restored.appState.get('mood')).toBe('good');
  });

  it('is refused: the state of an orchestrator', async () => {
    const storage = commitlaneStorage((await adapterWorld()).process().client);
    const location = { sessionId: SESSION, scope: 'multiAgent', scopeId: 'graph' } as const;
    await expect(storage.loadSnapshot({ location })).rejects.toThrow(
      /An orchestrator of several agents has no history/,
    );
  });
});
