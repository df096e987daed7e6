import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import { conversationContext } from '../../lib/context/index.ts';
import { followUpArchive } from '../../lib/follow-up/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { isToolCallPart, isToolResultPart, partsOf, wholePairs } from '../../lib/messages/index.ts';
import type { Model } from '../../lib/model/index.ts';
import type { NewMessage } from '../../lib/session/index.ts';
import { appendMessages } from '../../lib/session-log/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { refusals } from '../messages/rules/refusals.ts';
import { agentTranscripts, inAppends } from '../support/agent-transcripts.ts';
import { commitWorld, key } from '../support/commit-world.ts';

const signal = new AbortController().signal;
const PLENTY = 1_000_000;
const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 });

const model: Model = {
  name: 'short',
  summarise: async () => ({ value: 'They talked.' }),
  extract: async () => ({ value: { memories: [], rejected: [] } }),
};

/** What a provider would refuse: a result without its call just before it, a call that nothing answers. */
function halvesIn(messages: readonly Pick<NewMessage, 'role' | 'content'>[]): string[] {
  const halves: string[] = [];
  let open: string[] = [];
  let hasResults = false;
  for (const { role, content } of messages) {
    const speaks = role === 'user' || role === 'system' || (role === 'assistant' && hasResults);
    if (speaks) {
      halves.push(...open.map((id) => `${id} is not answered`));
      open = [];
      hasResults = false;
    }
    for (const part of partsOf(content)) {
      if (isToolCallPart(part)) open.push(part.toolCallId);
      if (!isToolResultPart(part)) continue;
      if (!open.includes(part.toolCallId)) halves.push(`${part.toolCallId} was not called`);
      open = open.filter((id) => id !== part.toolCallId);
      hasResults = true;
    }
  }
  return halves;
}

describe('calls and results in the context', () => {
  test('are there together or not at all, whatever was committed, summarised, or did not fit', async () => {
    const commits = fc.array(
      fc.record({ after: fc.nat(30), keepRecent: fc.nat(4), isSummarised: fc.boolean() }),
      { maxLength: 3 },
    );
    const budget = fc.oneof(fc.integer({ min: 1, max: 400 }), fc.constant(PLENTY));
    await fc.assert(
      fc.asyncProperty(
        agentTranscripts({ abandoned: true }),
        sizes,
        commits,
        budget,
        async (messages, appendSizes, planned, tokenBudget) => {
          const { world, commit } = await play();
          for (const [index, append] of inAppends(messages, appendSizes).entries()) {
            await appendMessages(world.log, key, append);
            for (const one of planned.filter(({ after }) => after === index)) await commit(one);
          }
          const context = await conversationContext(world.store, key, tokenBudget, world.context.lease);
          expect(context.tokens).toBeLessThanOrEqual(tokenBudget);
          expect(JSON.stringify(context.messages).length).toBeLessThan(tokenBudget * 10 + 500);
          expect(halvesIn(context.messages)).toEqual([]);
          expect(await refusals(context.messages)).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('lose nothing that is whole, when everything fits and no summary stands for it', async () => {
    await fc.assert(
      fc.asyncProperty(
        agentTranscripts({ abandoned: false }),
        sizes,
        fc.nat(20),
        async (messages, appendSizes, after) => {
          const { world, commit } = await play();
          for (const [index, append] of inAppends(messages, appendSizes).entries()) {
            await appendMessages(world.log, key, append);
            if (index === after) await commit({ keepRecent: 0, isSummarised: false });
          }
          const context = await conversationContext(world.store, key, PLENTY, world.context.lease);
          expect(context.messages.map(({ role, content }) => ({ role, content }))).toEqual(messages);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('come back together when a commit came between them', async () => {
    const { world, commit } = await play();
    const call = { type: 'tool-call', toolCallId: 'c1', toolName: 'look', input: {} } as const;
    const result = { type: 'tool-result', toolCallId: 'c1', toolName: 'look', output: 'rain' } as const;
    await appendMessages(world.log, key, [{ role: 'user', content: 'How is the weather?' }]);
    await appendMessages(world.log, key, [{ role: 'assistant', content: [call] }]);
    await commit({ keepRecent: 0, isSummarised: true });
    await appendMessages(world.log, key, [{ role: 'tool', content: [result] }]);
    const { summaries, messages } = await conversationContext(world.store, key, PLENTY, world.context.lease);
    expect(summaries).toHaveLength(1);
    expect(messages.map(({ content }) => content)).toEqual([[call], [result]]);
  });

  test('of a call that is too far back are both left out', async () => {
    const { world, commit } = await play();
    const result = { type: 'tool-result', toolCallId: 'c1', toolName: 'look', output: 'rain' } as const;
    await appendMessages(world.log, key, [{ role: 'user', content: 'How is the weather?' }]);
    await commit({ keepRecent: 0, isSummarised: true });
    await appendMessages(world.log, key, [
      { role: 'tool', content: [result] },
      { role: 'assistant', content: 'It rains.' },
    ]);
    const { messages } = await conversationContext(world.store, key, PLENTY, world.context.lease);
    expect(messages.map(({ content }) => content)).toEqual(['It rains.']);
  });
});

describe('a message that does not fit', () => {
  it('is shortened and marked, never whole and never gone', async () => {
    const { world } = await play();
    const output = Array.from({ length: 5_000 }, (_, index) => `line ${index}`).join('\n');
    await appendMessages(world.log, key, [
      {
        role: 'assistant',
        content: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'run', input: { n: 1 } }],
      },
      { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'c1', toolName: 'run', output }] },
    ]);
    const { messages, tokens } = await conversationContext(world.store, key, 400, world.context.lease);
    expect(tokens).toBeLessThanOrEqual(400);
    expect(messages.at(-1)).toMatchObject({
      shortened: true,
      content: [
        {
          toolCallId: 'c1',
          output: expect.stringMatching(/^line 0\n[\s\S]*characters left out[\s\S]*line 4999$/),
        },
      ],
    });
  });

  it('has a placeholder for a file', async () => {
    const { world } = await play();
    const data = 'AAAA'.repeat(40_000);
    await appendMessages(world.log, key, [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'See this.' },
          { type: 'file', mediaType: 'application/pdf', data },
        ],
      },
    ]);
    const { messages } = await conversationContext(world.store, key, 100, world.context.lease);
    expect(messages).toMatchObject([
      {
        shortened: true,
        content: [{ text: 'See this.' }, { type: 'text', text: '[application/pdf, left out]' }],
      },
    ]);
  });
});

describe('wholePairs', () => {
  it('keeps calls of the last turn that are open, and gives whole messages back as they are', () => {
    const messages: NewMessage[] = [
      { role: 'user', content: 'Look.' },
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'c', toolName: 'look', input: null }] },
    ];
    expect(wholePairs(messages)).toEqual(messages);
    expect(wholePairs(messages)[1]).toBe(messages[1]);
  });

  it('leaves out what nobody answered before the next one spoke, and the message with it', () => {
    const call = { type: 'tool-call', toolCallId: 'c', toolName: 'look', input: null } as const;
    expect(
      wholePairs([
        { role: 'assistant', content: [{ type: 'text', text: 'Wait.' }, call] },
        { role: 'user', content: 'Never mind.' },
        { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'c', toolName: 'look', output: 1 }] },
      ]),
    ).toEqual([
      { role: 'assistant', content: [{ type: 'text', text: 'Wait.' }] },
      { role: 'user', content: 'Never mind.' },
    ]);
  });
});

async function play() {
  const world = await commitWorld();
  const memories = inProcessMemoryStore();
  const onEvent = () => 'of no interest here';
  let commits = 0;
  const commit = async ({ keepRecent, isSummarised }: { keepRecent: number; isSummarised: boolean }) => {
    const commitId = `c-${++commits}`;
    const message = world.message(commitId, { keepRecent });
    const { archive } = await commitSession(world.context, message, signal);
    if (!isSummarised || archive === undefined) return;
    const deps = {
      store: world.store,
      lease: world.context.lease,
      limits: defaultLimits,
      owner: 'w',
      onEvent,
    };
    await followUpArchive(
      { ...deps, model, fallback: model, memories },
      { ...key, archive, commitId },
      signal,
    );
  };
  return { world, commit };
}
