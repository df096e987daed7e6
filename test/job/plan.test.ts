import { describe, expect, it } from 'vitest';
import { planBatches } from '../../local/job/run/plan-batches.ts';
import { planCommits } from '../../local/job/run/plan-commits.ts';
import { conversationOf } from './conversations.ts';

describe('the batches of a conversation', () => {
  it('hold all messages in order, 1 to 3 at a time', () => {
    const { messages } = conversationOf('tea', 101);
    const batches = planBatches(messages);
    expect(batches.flat()).toEqual(messages);
    expect(batches.every(({ length }) => length >= 1 && length <= 3)).toBe(true);
  });

  it('are never larger than an append may be', () => {
    const messages = Array.from({ length: 6 }, (_, index) => ({
      id: `m${index}`,
      role: 'user' as const,
      content: 'x'.repeat(130 * 1024),
    }));
    expect(planBatches(messages).map(({ length }) => length)).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

describe('the commits in a conversation', () => {
  const planFor = (messageCount: number) =>
    planCommits(planBatches(conversationOf('tea', messageCount).messages));

  it('are more in a longer one, but at least two, and all before the last append', () => {
    const lastBatch = planBatches(conversationOf('tea', 20).messages).length - 1;
    expect(planFor(20)).toHaveLength(2);
    expect(planFor(20).every(({ afterBatch }) => afterBatch < lastBatch)).toBe(true);
    expect(planFor(419)).toHaveLength(10);
  });

  it('are as many as there is room for in a very short one', () => {
    expect(planFor(1)).toEqual([]);
    expect(planFor(2)).toMatchObject([{ afterBatch: 0 }]);
  });

  it('are asked for once, twice at once, and twice with one key', () => {
    expect(new Set(planFor(200).map(({ manner }) => manner))).toEqual(
      new Set(['single', 'doubled', 'repeated']),
    );
  });
});
