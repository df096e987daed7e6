import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commitSession, lastWhole } from '../../lib/commit/index.ts';
import { isToolCallPart, isToolResultPart, partsOf } from '../../lib/messages/index.ts';
import type { NewMessage } from '../../lib/session/index.ts';
import { appendMessages } from '../../lib/session-log/index.ts';
import { agentTranscripts, inAppends } from '../support/agent-transcripts.ts';
import { commitWorld, key } from '../support/commit-world.ts';

const signal = new AbortController().signal;
const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 });

const idsIn = (appends: readonly NewMessage[][], isOne: typeof isToolCallPart | typeof isToolResultPart) =>
  appends
    .flat()
    .flatMap(({ content }) => partsOf(content).flatMap((part) => (isOne(part) ? [part.toolCallId] : [])));

describe('the boundary of a commit that keeps recent messages', () => {
  test('parts no call from its result, and keeps as many as it was asked to', async () => {
    await fc.assert(
      fc.asyncProperty(
        agentTranscripts({ abandoned: true }),
        sizes,
        fc.integer({ min: 1, max: 12 }),
        async (messages, appendSizes, keepRecent) => {
          const world = await commitWorld();
          const appends = inAppends(messages, appendSizes);
          for (const append of appends) await appendMessages(world.log, key, append);
          await commitSession(world.context, world.message('c', { keepRecent }), signal);
          const through = (await world.store.readMeta(key))?.committedThrough ?? 0;
          const kept = appends.slice(through);
          const answered = idsIn(kept, isToolResultPart);
          expect(
            idsIn(appends.slice(0, through), isToolCallPart).filter((id) => answered.includes(id)),
          ).toEqual([]);
          expect(kept.flat().length).toBeGreaterThanOrEqual(Math.min(keepRecent, messages.length));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('is where it was asked for when nobody calls tools', async () => {
    const world = await commitWorld();
    for (const text of ['a', 'b', 'c', 'd']) await world.append(text);
    await commitSession(world.context, world.message('c', { keepRecent: 2 }), signal);
    expect(await world.store.readMeta(key)).toMatchObject({ committedThrough: 2 });
  });
});

describe('where a turn that goes on has not begun yet', () => {
  const call = (toolCallId: string) =>
    ({ type: 'tool-call', toolCallId, toolName: 'look', input: {} }) as const;
  const result = (toolCallId: string) =>
    ({ type: 'tool-result', toolCallId, toolName: 'look', output: 1 }) as const;
  const user: NewMessage = { role: 'user', content: 'Look.' };
  const calls = (...ids: string[]): NewMessage => ({ role: 'assistant', content: ids.map(call) });
  const results = (...ids: string[]): NewMessage => ({ role: 'tool', content: ids.map(result) });

  test.each<[string, NewMessage[], number]>([
    ['before a call', [user, calls('a')], 1],
    ['before calls of which one is answered', [user, calls('a', 'b'), results('a')], 1],
    ['before the first of calls that came one by one', [user, calls('a'), calls('b'), results('a')], 1],
    ['behind a call that is answered', [user, calls('a'), results('a')], 3],
    ['behind an earlier step', [user, calls('a'), results('a'), calls('b')], 3],
    ['behind a call that somebody spoke after', [user, calls('a'), user], 3],
    [
      'behind a call of an earlier step that nobody answered',
      [user, calls('a', 'x'), results('a'), calls('b'), results('b')],
      5,
    ],
    ['nowhere, when the first message is a call', [calls('a')], 0],
  ])('is %s', async (_, messages, expected) => {
    const world = await commitWorld();
    for (const message of messages) await appendMessages(world.log, key, [message]);
    const live = { from: 1, to: messages.length };
    expect(await lastWhole(world.store, key, live, { behind: [], keepsOpenCalls: true })).toBe(expected);
  });

  test('is not looked for through turns without end, each of which answers the one before', async () => {
    const world = await commitWorld();
    const chain = (n: number): NewMessage[] => [
      ...(n > 0 ? [results(`c-${n - 1}`)] : []),
      user,
      calls(`c-${n}`),
    ];
    for (let n = 0; n < 60; n += 1) await appendMessages(world.log, key, chain(n));
    expect(await lastWhole(world.store, key, { from: 1, to: 60 }, { behind: [], keepsOpenCalls: true })).toBe(
      60,
    );
  });

  test('is not looked for behind 50 records of one turn: it then is cut', async () => {
    const world = await commitWorld();
    await appendMessages(world.log, key, [calls('never')]);
    for (let n = 0; n < 60; n += 1) await appendMessages(world.log, key, [calls(`open-${n}`)]);
    expect(await lastWhole(world.store, key, { from: 1, to: 61 }, { behind: [], keepsOpenCalls: true })).toBe(
      61,
    );
  });
});
