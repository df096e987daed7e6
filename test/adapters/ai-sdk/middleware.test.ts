import {
  APICallError,
  generateText,
  isStepCount,
  type ModelMessage,
  streamText,
  tool,
  wrapLanguageModel,
} from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type CommitlaneMiddlewareOptions,
  commitlaneMiddleware,
  type MemoryFailure,
} from '../../../lib/adapters/ai-sdk/index.ts';
import { readHistory } from '../../../lib/adapters/history/index.ts';
import { partsOf } from '../../../lib/messages/index.ts';
import { adapterWorld, type Plan } from '../adapter-world.ts';
import { type Content, calls, says, scriptedModel, streamOf, told } from './scripted-model.ts';

const SESSION = 'moving-house';
const user = (content: string): ModelMessage => ({ role: 'user', content });
const assistant = (content: string): ModelMessage => ({ role: 'assistant', content });
const weather = tool({
  description: 'How warm it is',
  inputSchema: z.object({ city: z.string() }),
  execute: async ({ city }) => ({ city, celsius: 7.5 }),
});

async function aiWorld(
  answers: readonly (Content | Error)[],
  options: Partial<CommitlaneMiddlewareOptions> = {},
  plan: Plan = {},
) {
  const world = await adapterWorld();
  const { client } = world.process();
  const { model: bare, prompts } = scriptedModel(answers);
  const middleware = commitlaneMiddleware({
    client: world.process(plan).client,
    sessionId: SESSION,
    ...options,
  });
  const model = wrapLanguageModel({ model: bare, middleware });
  return {
    world,
    client,
    bare,
    model,
    prompts,
    ask: async (...messages: ModelMessage[]) => (await generateText({ model, messages, maxRetries: 1 })).text,
    stored: () => readHistory(client, SESSION),
    async said() {
      const messages = await readHistory(client, SESSION);
      return messages.map(({ role, content }) => {
        const parts = partsOf(content).map((part) => part['text'] ?? `<${part.type}>`);
        return `${role}: ${parts.join('')}`;
      });
    },
  };
}

describe('commitlaneMiddleware', () => {
  it('appends what was said and what the model answers, and gives it to the next call', async () => {
    const { model, prompts, said } = await aiWorld([says('Noted.'), says('Tea.')]);
    await generateText({ model, instructions: 'Be brief.', prompt: 'I prefer tea.' });
    const { text } = await generateText({ model, instructions: 'Be brief.', prompt: 'What do I prefer?' });
    expect(text).toBe('Tea.');
    expect(told(prompts[1])).toEqual([
      'system: Be brief.',
      'user: I prefer tea.',
      'assistant: Noted.',
      'user: What do I prefer?',
    ]);
    expect(await said()).toEqual([
      'user: I prefer tea.',
      'assistant: Noted.',
      'user: What do I prefer?',
      'assistant: Tea.',
    ]);
  });

  it('does the same for a stream, whose parts it passes on as they are', async () => {
    const answer: Content = [
      { type: 'reasoning', text: 'Something warm.', providerMetadata: { test: { signature: 's' } } },
      { type: 'text', text: 'Tea, perhaps?' },
      { type: 'source', sourceType: 'url', id: 's1', url: 'https://tea.example' },
    ];
    const { model, bare, said } = await aiWorld([answer, answer]);
    const parts = async (from: typeof model) => {
      const { stream } = await from.doStream({
        prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
      });
      return await Array.fromAsync(stream);
    };
    expect(await parts(model)).toEqual(await parts(bare as never));
    expect(await said()).toEqual(['user: Hi', 'assistant: Something warm.Tea, perhaps?<source>']);
  });

  it('gives the answer back as the model gave it', async () => {
    const answer: Content = [
      { type: 'text', text: 'Here.', providerMetadata: { test: { id: 'item-1' } } },
      { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'iVBORw0KGgo=' } },
    ];
    const { model, bare } = await aiWorld([answer, answer]);
    const call = { prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Draw.' }] }] };
    expect(await model.doGenerate(call)).toEqual(await bare.doGenerate(call));
  });

  it('tells the model what is remembered, and what archives are about, as data', async () => {
    const { world, client, model, prompts, ask } = await aiWorld([says('Lovely.'), says('Hello.')]);
    await ask(user('I moved to Bergen last year, and I love the rain there.'));
    await world.commit(SESSION);
    await world.followUp();
    await client.editMemory('ann', { category: 'profile', key: 'drink' }, 'The user prefers tea.');
    await generateText({ model, instructions: 'Be brief.', prompt: 'Hi!' });
    const [system, background, ...rest] = told(prompts[1]);
    expect(system).toBe('system: Be brief.');
    expect(background).toMatch(/^system: What follows is data/);
    expect(background).toMatch(
      /\[([0-9a-f]{16}) begin memories\]\n- The user prefers tea\. .*\n\[\1 end memories\]/,
    );
    expect(background).toContain('begin summary up to archive 1]');
    expect(rest.at(-1)).toBe('user: Hi!');
    const { messages } = await client.getContextMessages(SESSION, { query: 'Hi!' });
    expect(background).toBe(`system: ${messages[0]?.content}`);
  });

  it('stores each message of a loop of tool calls once', async () => {
    const answers = [
      calls('c1', 'weather', { city: 'Bergen' }),
      calls('c2', 'weather', { city: 'Oslo' }),
      says('7.5 °C in both.'),
    ];
    const { model, prompts, stored, said } = await aiWorld([...answers, says('You are welcome.')]);
    const first = await generateText({
      model,
      tools: { weather },
      prompt: 'How warm is it?',
      stopWhen: isStepCount(5),
    });
    expect(first.text).toBe('7.5 °C in both.');
    const loop = [
      'user: How warm is it?',
      'assistant: <tool-call>',
      'tool: <tool-result>',
      'assistant: <tool-call>',
      'tool: <tool-result>',
    ];
    expect(told(prompts[2])).toEqual(loop);
    const conversation = [...loop, 'assistant: 7.5 °C in both.'];
    expect(await said()).toEqual(conversation);
    expect((await stored())[2]?.content).toEqual([
      expect.objectContaining({
        type: 'tool-result',
        toolCallId: 'c1',
        toolName: 'weather',
        output: { city: 'Bergen', celsius: 7.5 },
      }),
    ]);
    await generateText({ model, tools: { weather }, prompt: 'Thanks.' });
    expect(told(prompts[3])).toEqual([...conversation, 'user: Thanks.']);
    expect(await said()).toEqual([...conversation, 'user: Thanks.', 'assistant: You are welcome.']);
  });

  it('stores each message of a streamed loop of tool calls once', async () => {
    const { model, said } = await aiWorld([calls('c1', 'weather', { city: 'Bergen' }), says('7.5 °C.')]);
    const result = streamText({
      model,
      tools: { weather },
      prompt: 'How warm is it?',
      stopWhen: isStepCount(5),
    });
    expect(await result.text).toBe('7.5 °C.');
    expect(await said()).toEqual([
      'user: How warm is it?',
      'assistant: <tool-call>',
      'tool: <tool-result>',
      'assistant: 7.5 °C.',
    ]);
  });

  it('stores what a tool returned as JSON says it, whatever it is', async () => {
    const { model, stored } = await aiWorld([calls('c1', 'odd', {}), says('Done.')]);
    const odd = tool({
      inputSchema: z.object({}),
      execute: async () => ({ at: new Date(0), amount: Number.NaN, list: [undefined], lone: '\ud800' }),
    });
    await generateText({ model, tools: { odd }, prompt: 'Odd?', stopWhen: isStepCount(5) });
    const output = { at: '1970-01-01T00:00:00.000Z', amount: null, list: [null], lone: '\ufffd' };
    expect((await stored())[2]?.content).toMatchObject([{ type: 'tool-result', output }]);
  });

  it('tells of earlier calls in words where the call has no tools', async () => {
    const { model, prompts, ask } = await aiWorld([
      calls('c1', 'weather', { city: 'Bergen' }),
      says('7.5 °C.'),
      says('Bye.'),
    ]);
    await generateText({ model, tools: { weather }, prompt: 'How warm is it?', stopWhen: isStepCount(5) });
    await ask(user('Bye!'));
    expect(told(prompts[2])).toEqual([
      'user: How warm is it?',
      'assistant: [call c1 of weather: {"city":"Bergen"}]',
      'user: [result of weather, call c1] {"city":"Bergen","celsius":7.5}',
      'assistant: 7.5 °C.',
      'user: Bye!',
    ]);
  });

  describe('of a caller who sends the conversation each time', () => {
    it('stores what is new, also of equal words', async () => {
      const { ask, said, prompts } = await aiWorld([says('Sure?'), says('Sure?'), says('Done.')]);
      await ask(user('yes'));
      await ask(user('yes'), assistant('Sure?'), user('yes'));
      await ask(user('yes'), assistant('Sure?'), user('yes'), assistant('Sure?'), user('yes'));
      const all = ['user: yes', 'assistant: Sure?', 'user: yes', 'assistant: Sure?', 'user: yes'];
      expect(told(prompts[2])).toEqual(all);
      expect(await said()).toEqual([...all, 'assistant: Done.']);
    });

    it('goes on where a trimmed prompt does, and puts what it lacks before it', async () => {
      const { ask, said, prompts } = await aiWorld([says('1'), says('2'), says('3')]);
      await ask(user('a'));
      await ask(user('a'), assistant('1'), user('b'));
      await ask(assistant('2'), user('c'));
      const all = ['user: a', 'assistant: 1', 'user: b', 'assistant: 2', 'user: c'];
      expect(told(prompts[2])).toEqual(all);
      expect(await said()).toEqual([...all, 'assistant: 3']);
    });

    it('appends an answer that is generated again behind the one before', async () => {
      const { ask, said } = await aiWorld([says('1'), says('2'), says('another 2')]);
      await ask(user('a'));
      await ask(user('a'), assistant('1'), user('b'));
      await ask(user('a'), assistant('1'), user('b'));
      expect(await said()).toEqual([
        'user: a',
        'assistant: 1',
        'user: b',
        'assistant: 2',
        'assistant: another 2',
      ]);
    });

    it('appends words that were edited, and the answer to them', async () => {
      const { ask, said } = await aiWorld([says('1'), says('2'), says('3')]);
      await ask(user('a'));
      await ask(user('a'), assistant('1'), user('b'));
      await ask(user('a'), assistant('1'), user('b, please'));
      expect((await said()).slice(2)).toEqual(['user: b', 'assistant: 2', 'user: b, please', 'assistant: 3']);
    });

    it('finds where it goes on in archives, too', async () => {
      const { ask, said, world } = await aiWorld([says('1'), says('2')], { tokenBudget: 1 });
      await ask(user('a'));
      await world.commit(SESSION);
      await ask(user('a'), assistant('1'), user('b'));
      expect(await said()).toEqual(['user: a', 'assistant: 1', 'user: b', 'assistant: 2']);
    });

    it('knows words again that a context has shortened', async () => {
      const long = 'a long story '.repeat(400);
      const { ask, said } = await aiWorld([new Error('overloaded'), says('1')], { tokenBudget: 500 });
      await expect(ask(user(long))).rejects.toThrow('overloaded');
      await ask(user(long));
      expect(await said()).toEqual([`user: ${long}`, 'assistant: 1']);
    });

    it('stores a conversation that began without it', async () => {
      const { ask, said } = await aiWorld([says('2')]);
      await ask(user('a'), assistant('1'), user('b'));
      expect(await said()).toEqual(['user: a', 'assistant: 1', 'user: b', 'assistant: 2']);
    });
  });

  it('stores words once that are sent again because the model failed', async () => {
    const failure = new APICallError({
      message: 'overloaded',
      url: 'https://model.example',
      requestBodyValues: {},
      statusCode: 503,
      isRetryable: true,
    });
    const { model, prompts, said } = await aiWorld([failure, says('Hello.')]);
    await generateText({ model, prompt: 'Hi', maxRetries: 1 });
    expect(prompts).toHaveLength(2);
    expect(told(prompts[1])).toEqual(['user: Hi']);
    expect(await said()).toEqual(['user: Hi', 'assistant: Hello.']);
  });

  it('stores the same words twice that were answered between', async () => {
    const { ask, said } = await aiWorld([says('One.'), says('Two.')]);
    await ask(user('Another.'));
    await ask(user('Another.'));
    expect(await said()).toEqual(['user: Another.', 'assistant: One.', 'user: Another.', 'assistant: Two.']);
  });

  it('stores files, and describes those that are too large for an append', async () => {
    const { ask, stored } = await aiWorld([says('Nice.')]);
    const file = (size: number): ModelMessage => ({
      role: 'user',
      content: [{ type: 'file', mediaType: 'image/png', data: 'A'.repeat(size) }],
    });
    await ask(file(400), assistant('One.'), file(400_000));
    const messages = await stored();
    expect(messages[0]?.content).toMatchObject([{ type: 'file', data: 'A'.repeat(400) }]);
    expect(messages[2]?.content).toEqual([{ type: 'text', text: '[image/png, 300 KB]' }]);
  });

  it('tells of a call in words that nothing answered before the user went on', async () => {
    const { model, prompts } = await aiWorld([calls('c1', 'weather', { city: 'Bergen' }), says('Bye.')]);
    await model.doGenerate({ prompt: [{ role: 'user', content: [{ type: 'text', text: 'How warm?' }] }] });
    await generateText({ model, tools: { weather }, prompt: 'Never mind.' });
    expect(told(prompts[1])).toEqual([
      'user: How warm?',
      'assistant: [call c1 of weather: {"city":"Bergen"}]',
      'user: Never mind.',
    ]);
  });

  it('leaves a call open that the prompt answers', async () => {
    const { model, prompts, said } = await aiWorld([
      calls('c1', 'weather', { city: 'Bergen' }),
      says('Bye.'),
    ]);
    await generateText({
      model,
      tools: { weather: { ...weather, execute: undefined as never } },
      prompt: 'How warm?',
    });
    const output = { type: 'json' as const, value: 7.5 };
    await generateText({
      model,
      tools: { weather },
      messages: [
        { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'c1', toolName: 'weather', output }] },
      ],
    });
    const all = ['user: How warm?', 'assistant: <tool-call>', 'tool: <tool-result>'];
    expect(told(prompts[1])).toEqual(all);
    expect(await said()).toEqual([...all, 'assistant: Bye.']);
  });

  it('tells of words that were not answered', async () => {
    const { ask, prompts } = await aiWorld([new Error('overloaded'), says('Hello.')]);
    await expect(ask(user('a'))).rejects.toThrow('overloaded');
    await ask(user('b'));
    expect(told(prompts[1])).toEqual(['user: a', 'user: b']);
  });

  it('lets the user begin, as some models demand', async () => {
    const { ask, client, prompts } = await aiWorld([says('Hello.')]);
    await client.createSession(SESSION);
    await client.append(SESSION, [{ role: 'assistant', content: 'How can I help?' }]);
    await ask(user('Hi'));
    expect(told(prompts[0])).toEqual([
      'user: [what was said before is not shown]',
      'assistant: How can I help?',
      'user: Hi',
    ]);
  });

  it('asks for memories near to the beginning of long words, wherever they are cut', async () => {
    const { ask, said } = await aiWorld([says('Nice.')]);
    await ask(user(`a${'🙂'.repeat(600)}`));
    expect(await said()).toHaveLength(2);
  });

  it('leaves the conversation to a caller who keeps it, and says what is remembered', async () => {
    const { ask, client, said, prompts } = await aiWorld([says('Tea.')], { appends: false });
    await client.createSession(SESSION);
    await client.append(SESSION, [{ role: 'user', content: 'Hello there.' }]);
    await client.editMemory('ann', { category: 'profile', key: 'drink' }, 'The user prefers tea.');
    await ask(user('What do I prefer?'));
    expect(told(prompts[0])).toEqual([
      expect.stringContaining('The user prefers tea.'),
      'user: What do I prefer?',
    ]);
    expect(await said()).toEqual(['user: Hello there.']);
  });
});

describe('the session of a call', () => {
  it('is what the call says, unless the middleware says it', async () => {
    const { model, client } = await aiWorld([says('a'), says('b')], { sessionId: undefined as never });
    await generateText({ model, prompt: 'Hi', providerOptions: { commitlane: { sessionId: 'one' } } });
    await generateText({ model, prompt: 'Hi', providerOptions: { commitlane: { sessionId: 'two' } } });
    expect(await readHistory(client, 'one')).toHaveLength(2);
    expect(await readHistory(client, 'two')).toHaveLength(2);
  });

  it('is what a function makes of the call', async () => {
    const { model, client } = await aiWorld([says('a')], {
      sessionId: async ({ params }) => `seed-${params.seed}`,
    });
    await generateText({ model, prompt: 'Hi', seed: 7 });
    expect(await readHistory(client, 'seed-7')).toHaveLength(2);
  });

  it('is asked for where nothing says it, before the model is called', async () => {
    const { ask, prompts } = await aiWorld([says('a')], { sessionId: undefined as never });
    await expect(ask(user('Hi'))).rejects.toThrow("providerOptions: { commitlane: { sessionId: '…' } }");
    expect(prompts).toEqual([]);
  });

  it('is created with the default policy, or with the settings that are given', async () => {
    const first = await aiWorld([says('a')]);
    await first.ask(user('Hi'));
    expect(await first.client.getSession(SESSION)).toMatchObject({ autoCommit: { messageCount: 100 } });
    const second = await aiWorld([says('a')], { settings: { title: 'Tea' } });
    await second.ask(user('Hi'));
    const session = await second.client.getSession(SESSION);
    expect(session.title).toBe('Tea');
    expect(session.autoCommit).toBeUndefined();
  });
});

describe('a stream that does not come to its end', () => {
  /** A model that says this, and then never anything. */
  function hanging(parts: ReturnType<typeof streamOf>, { obeys = false } = {}) {
    let cancelled: unknown;
    const model = new MockLanguageModelV4({
      doStream: async ({ abortSignal }) => ({
        stream: new ReadableStream({
          start(controller) {
            for (const part of parts) controller.enqueue(part);
            if (obeys) abortSignal?.addEventListener('abort', () => controller.error(abortSignal.reason));
          },
          cancel(reason) {
            cancelled = reason;
          },
        }),
      }),
    });
    return { model, cancelled: () => cancelled };
  }
  const begun = streamOf(says('The answer is long.')).slice(0, 5);
  const interrupted = {
    role: 'assistant',
    content: [{ type: 'text', text: 'The answer i' }],
    metadata: { commitlane: { interrupted: true } },
  };

  async function wrapped(model: MockLanguageModelV4) {
    const world = await adapterWorld();
    const { client } = world.process();
    return {
      client,
      model: wrapLanguageModel({ model, middleware: commitlaneMiddleware({ client, sessionId: SESSION }) }),
    };
  }

  it('has what was said appended when the call is aborted', async () => {
    const { client, model } = await wrapped(hanging(begun, { obeys: true }).model);
    const controller = new AbortController();
    const result = streamText({ model, prompt: 'Hi', abortSignal: controller.signal });
    let text = '';
    for await (const part of result.textStream) {
      text += part;
      if (text === 'The answer i') controller.abort();
    }
    await expect.poll(async () => (await readHistory(client, SESSION)).at(-1)).toMatchObject(interrupted);
    expect(await readHistory(client, SESSION)).toHaveLength(2);
  });

  it('has what was said appended when the call is aborted, and the model takes no notice', async () => {
    const { client, model } = await wrapped(hanging(begun).model);
    const controller = new AbortController();
    const { stream } = await model.doStream({
      prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
      abortSignal: controller.signal,
    });
    const reader = stream.getReader();
    for (let index = 0; index < begun.length; index += 1) await reader.read();
    controller.abort();
    await expect.poll(async () => (await readHistory(client, SESSION)).at(-1)).toMatchObject(interrupted);
  });

  it('has an answer appended that ends within a character', async () => {
    const halfway = streamOf([{ type: 'text', text: 'abc' }]).slice(0, 2);
    const cut = [...halfway, { type: 'text-delta', id: '0', delta: 'Hi \ud83d' } as const];
    const { client, model } = await wrapped(hanging(cut).model);
    const { stream } = await model.doStream({
      prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    });
    const reader = stream.getReader();
    for (let index = 0; index < cut.length; index += 1) await reader.read();
    await reader.cancel();
    const messages = await readHistory(client, SESSION);
    expect(messages.at(-1)?.content).toEqual([{ type: 'text', text: 'Hi \ufffd' }]);
  });

  it('has what was said appended when its reader leaves', async () => {
    const { model: hangs, cancelled } = hanging(begun);
    const { client, model } = await wrapped(hangs);
    const { stream } = await model.doStream({
      prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    });
    const reader = stream.getReader();
    for (let index = 0; index < begun.length; index += 1) await reader.read();
    await reader.cancel('no longer wanted');
    expect(cancelled()).toBe('no longer wanted');
    expect((await readHistory(client, SESSION)).at(-1)).toMatchObject(interrupted);
  });

  it('has what was said appended when the model fails, and fails with the same error', async () => {
    const failure = new Error('connection lost');
    const failing = new MockLanguageModelV4({
      doStream: async () => {
        const parts = [...begun];
        return {
          stream: new ReadableStream({
            pull(controller) {
              const part = parts.shift();
              if (part) controller.enqueue(part);
              else controller.error(failure);
            },
          }),
        };
      },
    });
    const { client, model } = await wrapped(failing);
    const { stream } = await model.doStream({
      prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    });
    await expect(Array.fromAsync(stream)).rejects.toBe(failure);
    expect((await readHistory(client, SESSION)).at(-1)).toMatchObject(interrupted);
  });

  it('has nothing appended but the words before it when nothing was said', async () => {
    const { client, model } = await wrapped(hanging([]).model);
    const { stream } = await model.doStream({
      prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    });
    await stream.cancel();
    expect(await readHistory(client, SESSION)).toMatchObject([{ role: 'user', content: [{ text: 'Hi' }] }]);
  });
});

describe('where Commitlane fails', () => {
  /** It is not to be reached between these requests, both included. */
  const down = (from: number, to: number): Plan => ({
    maxRetries: 0,
    async before(request) {
      if (request >= from && request <= to) throw new TypeError('fetch failed');
    },
  });

  it('the call fails before the model is called', async () => {
    const { ask, prompts } = await aiWorld([says('Hello.')], {}, down(1, 99));
    await expect(ask(user('Hi'))).rejects.toMatchObject({ name: 'CommitlaneNetworkError' });
    expect(prompts).toEqual([]);
  });

  it('the call fails when its answer cannot be stored', async () => {
    const { ask, prompts } = await aiWorld([says('Hello.')], {}, down(5, 5));
    await expect(ask(user('Hi'))).rejects.toMatchObject({ name: 'CommitlaneNetworkError' });
    expect(prompts).toHaveLength(1);
  });

  it('a stream has an error before its end when its answer cannot be stored', async () => {
    const { model } = await aiWorld([says('Hello.')], {}, down(5, 5));
    const { stream } = await model.doStream({
      prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    });
    const parts = await Array.fromAsync(stream);
    expect(parts.map(({ type }) => type).slice(-3)).toEqual(['text-end', 'error', 'finish']);
  });

  it('with onError the call goes on, and what is not stored is told', async () => {
    const failures: MemoryFailure[] = [];
    const { ask, said, prompts } = await aiWorld(
      [says('Hello.')],
      { onError: (failure) => failures.push(failure) },
      down(1, 99),
    );
    expect(await ask(user('Hi'))).toBe('Hello.');
    expect(told(prompts[0])).toEqual(['user: Hi']);
    expect(failures.map(({ sessionId }) => sessionId)).toEqual([SESSION, SESSION]);
    expect(failures.flatMap(({ unsaved }) => unsaved.map(({ role }) => role))).toEqual(['user', 'assistant']);
    expect(failures[0]?.error).toMatchObject({ name: 'CommitlaneNetworkError' });
    expect(await said()).toEqual([]);
  });

  it.each(Array.from({ length: 8 }, (_, index) => index + 1))(
    'at its request %i, the next call of who sends the conversation stores what is missing',
    async (at) => {
      const failures: MemoryFailure[] = [];
      const { ask, said } = await aiWorld(
        [says('1'), says('2'), says('3')],
        { onError: (failure) => failures.push(failure) },
        down(at, at),
      );
      await ask(user('a'));
      await ask(user('a'), assistant('1'), user('b'));
      await ask(user('a'), assistant('1'), user('b'), assistant('2'), user('c'));
      expect(failures.length).toBeGreaterThan(0);
      expect(await said()).toEqual([
        'user: a',
        'assistant: 1',
        'user: b',
        'assistant: 2',
        'user: c',
        'assistant: 3',
      ]);
    },
  );

  it('is not told of a call that was aborted', async () => {
    const failures: MemoryFailure[] = [];
    const { model } = await aiWorld([says('Hello.')], { onError: (failure) => failures.push(failure) });
    const abortSignal = AbortSignal.abort(new Error('no longer wanted'));
    await expect(generateText({ model, prompt: 'Hi', abortSignal })).rejects.toThrow('no longer wanted');
    expect(failures).toEqual([]);
  });
});
