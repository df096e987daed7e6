import { describe, expect, test } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import { conversationContext } from '../../lib/context/index.ts';
import { isToolCallPart, isToolResultPart, type MessageContent, partsOf } from '../../lib/messages/index.ts';
import { appendMessages } from '../../lib/session-log/index.ts';
import { parseConversation } from '../../local/job/conversation/parse-conversation.ts';
import { refusals } from '../messages/rules/refusals.ts';
import { commitWorld, key } from '../support/commit-world.ts';
import { transcriptLines } from '../support/transcript/agent-transcript.ts';

const { messages } = parseConversation(transcriptLines());
const signal = new AbortController().signal;
const PLENTY = 2_000_000;
/** Two or three turns before the commit, and the end of the turn behind it. */
const BEFORE = 12;
const BEHIND = 5;

describe('a conversation with an agent of 200 turns', () => {
  test.each([PLENTY, 2_000])(
    'is taken by every provider, wherever it is committed, in %i tokens',
    async (tokenBudget) => {
      for (let cut = 1; cut < messages.length; cut += 1) {
        const world = await commitWorld();
        const before = messages.slice(Math.max(0, cut - BEFORE), cut);
        const behind = messages.slice(cut, cut + BEHIND);
        for (const message of before) await appendMessages(world.log, key, [message]);
        const { archive = 0 } = await commitSession(world.context, world.message('c'), signal);
        const summary = {
          outcome: 'done',
          atMs: 0,
          by: 'test',
          text: 'They talked.',
          covers: [[1, 1]],
        } as const;
        await world.store.recordStep(key, archive, 'summary', summary);
        for (const message of behind) await appendMessages(world.log, key, [message]);
        const context = await conversationContext(world.store, key, tokenBudget, world.context.lease);
        expect(await refusals(context.messages), `cut at ${cut}`).toEqual([]);
        if (tokenBudget !== PLENTY) continue;
        const calls = idsOf([...before, ...behind], isToolCallPart);
        const wanted = idsOf(behind, isToolResultPart).filter((id) => calls.includes(id));
        const given = idsOf(context.messages, isToolResultPart);
        expect(
          wanted.filter((id) => !given.includes(id)),
          `cut at ${cut}`,
        ).toEqual([]);
        expect(context.messages.filter(({ content }) => typeof content === 'string').length).toBe(
          behind.filter(({ content }) => typeof content === 'string').length,
        );
      }
    },
  );
});

function idsOf(
  said: readonly { readonly content: MessageContent }[],
  isOne: typeof isToolCallPart | typeof isToolResultPart,
): string[] {
  return said.flatMap(({ content }) =>
    partsOf(content).flatMap((part) => (isOne(part) ? [part.toolCallId] : [])),
  );
}
