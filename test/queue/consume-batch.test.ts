import { describe, expect, test } from 'vitest';
import { CommitlaneError } from '../../lib/errors/index.ts';
import { consumeBatch, type Delivery, type DeliveryControl } from '../../lib/queue/index.ts';
import { fakeClock } from '../support/fake-clock.ts';

class RetryIn extends CommitlaneError {
  override readonly name = 'RetryIn';
  readonly code = 'retry-in';

  constructor(afterMs: number) {
    super('later', { retry: { retryable: true, afterMs } });
  }
}

class Hopeless extends CommitlaneError {
  override readonly name = 'Hopeless';
  readonly code = 'hopeless';
}

function delivery(group: string, messageId: string, receiveCount = 1): Delivery {
  return { group, messageId, receiptHandle: `handle-${messageId}`, body: '{}', receiveCount };
}

function setUp(override: Partial<DeliveryControl> = {}) {
  const clock = fakeClock();
  const calls: string[] = [];
  const events: { type: string }[] = [];
  const control: DeliveryControl = {
    async setVisibility({ messageId }, visibleInMs) {
      calls.push(`${messageId} in ${Math.round(visibleInMs)}`);
    },
    async deadLetter({ messageId }, { code }) {
      calls.push(`${messageId} dead: ${code}`);
    },
    ...override,
  };
  const context = {
    control,
    clock,
    random: () => 1,
    redeliveryMs: 30_000,
    maxReceiveCount: 10,
    onEvent: (event: { type: string }) => events.push(event),
  };
  return { clock, calls, events, context };
}

const ids = (deliveries: readonly Delivery[]) => deliveries.map(({ messageId }) => messageId);

describe('deliveries of a FIFO queue', () => {
  test('are handled one after another', async () => {
    const { clock, context } = setUp();
    const handled: string[] = [];
    const batch = [delivery('a', 'a1'), delivery('a', 'a2')];
    const consumed = consumeBatch(context, batch, async ({ messageId }) => {
      handled.push(`${messageId} begins`);
      await clock.sleep(100);
      handled.push(`${messageId} ends`);
    });
    expect(await clock.runUntil(consumed)).toEqual([]);
    expect(handled).toEqual(['a1 begins', 'a1 ends', 'a2 begins', 'a2 ends']);
  });

  test('are given back from the failed one on', async () => {
    const { calls, context } = setUp();
    const batch = [delivery('a', 'a1'), delivery('a', 'a2'), delivery('a', 'a3')];
    const failed = await consumeBatch(context, batch, async ({ messageId }) => {
      if (messageId === 'a2') throw new RetryIn(12_000);
    });
    expect(ids(failed)).toEqual(['a2', 'a3']);
    expect(calls.slice(-2)).toEqual(['a2 in 12000', 'a3 in 12000']);
  });

  test.each([
    [1, 1_000],
    [3, 4_000],
    [9, 60_000],
  ])(
    'backs off exponentially from an unexpected error: delivery %i waits %i ms',
    async (receiveCount, waitMs) => {
      const { calls, context } = setUp();
      const failed = await consumeBatch(context, [delivery('a', 'a1', receiveCount)], async () => {
        throw new Error('unexpected');
      });
      expect(ids(failed)).toEqual(['a1']);
      expect(calls.at(-1)).toBe(`a1 in ${waitMs}`);
    },
  );

  test('dead-letters at once what no repetition can mend, and goes on', async () => {
    const { calls, context } = setUp();
    const handled: string[] = [];
    const batch = [delivery('a', 'a1'), delivery('a', 'a2')];
    const failed = await consumeBatch(context, batch, async ({ messageId }) => {
      handled.push(messageId);
      if (messageId === 'a1') throw new Hopeless('never');
    });
    expect(failed).toEqual([]);
    expect(handled).toEqual(['a1', 'a2']);
    expect(calls).toContain('a1 dead: hopeless');
  });

  test('dead-letters what failed at its last delivery, with the reason, and keeps nobody waiting', async () => {
    const { calls, context } = setUp();
    const batch = [delivery('a', 'a1', 10), delivery('a', 'a2', 10)];
    const handled: string[] = [];
    const failed = await consumeBatch(context, batch, async ({ messageId }) => {
      handled.push(messageId);
      throw messageId === 'a1' ? new RetryIn(5_000) : new TypeError('unexpected');
    });
    expect(ids(failed)).toEqual([]);
    expect(handled).toEqual(['a1', 'a2']);
    expect(calls.filter((call) => call.includes('dead'))).toEqual([
      'a1 dead: retry-in',
      'a2 dead: unexpected',
    ]);
  });

  test('gives a message back that cannot be dead-lettered', async () => {
    const { context } = setUp({ deadLetter: () => Promise.reject(new RetryIn(1_000)) });
    const failed = await consumeBatch(context, [delivery('a', 'a1')], async () => {
      throw new Hopeless('never');
    });
    expect(ids(failed)).toEqual(['a1']);
  });

  test('keeps a message invisible while it is handled, and hardly longer', async () => {
    const { clock, calls, context } = setUp();
    const batch = [delivery('a', 'a1'), delivery('a', 'a2')];
    await clock.runUntil(consumeBatch(context, batch, () => clock.sleep(12_000)));
    expect(calls).toEqual(['a1 in 30000', 'a1 in 30000', 'a2 in 30000', 'a2 in 30000']);
    expect(clock.sleepers).toBe(0);
  });

  test('is handled even when the queue does not extend its visibility', async () => {
    const { context, events } = setUp({ setVisibility: () => Promise.reject(new Error('throttled')) });
    expect(await consumeBatch(context, [delivery('a', 'a1')], async () => undefined)).toEqual([]);
    expect(events.map(({ type }) => type)).toEqual(['queue.visibility-failed']);
  });
});
