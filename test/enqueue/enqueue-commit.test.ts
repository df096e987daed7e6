import { describe, expect, it } from 'vitest';
import { requestCommit } from '../../lib/commit/index.ts';
import {
  type EnqueueRequest,
  enqueueCommit,
  InvalidEnqueueError,
  QueueUnavailableError,
} from '../../lib/enqueue/index.ts';
import { commitMessageSchema, messageGroup, parseBody } from '../../lib/queue/index.ts';
import { inProcessSessionStore } from '../../lib/store/index.ts';
import { recordingSender } from '../support/commit-world.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { checkMessage, SqsFault, sqsDouble, taken } from '../support/sqs-double.ts';

const key = { tenant: 'acme', session: 'chat-42' };

/** A commit queue, and what came to it. */
async function commitQueue() {
  const sent: Record<string, unknown>[] = [];
  const double = await sqsDouble({
    SendMessage(input) {
      checkMessage(input, 1_048_576);
      sent.push(input);
      return taken();
    },
  });
  const { client, endpoint } = double;
  return {
    sent,
    queue: { client, queueUrl: `${endpoint}/queue` },
    [Symbol.asyncDispose]: double[Symbol.asyncDispose],
  };
}

describe('a commit that a back end enqueues', () => {
  it('is a message that the commit function understands, in the group of its session', async () => {
    await using world = await commitQueue();
    const { commitId } = await enqueueCommit(world.queue, {
      ...key,
      through: 7,
      keepRecent: 2,
      traceparent: 't',
    });
    const [message] = world.sent;
    expect(message).toMatchObject({
      QueueUrl: world.queue.queueUrl,
      MessageGroupId: messageGroup(key),
      MessageDeduplicationId: commitId,
    });
    expect(parseBody(commitMessageSchema, String(message?.['MessageBody']))).toEqual({
      ...key,
      commitId,
      through: 7,
      keepRecent: 2,
      requestedAtMs: expect.any(Number),
      traceparent: 't',
    });
  });

  it('is another one at each call', async () => {
    await using world = await commitQueue();
    const ids = [await enqueueCommit(world.queue, key), await enqueueCommit(world.queue, key)];
    expect(new Set(ids.map(({ commitId }) => commitId))).toHaveProperty('size', 2);
  });

  it('is the very commit that the API makes of the same idempotency key', async () => {
    await using world = await commitQueue();
    const clock = fakeClock();
    const store = inProcessSessionStore();
    await store.createSession(key, { scope: 'ann', createdAtMs: clock.now() });
    const context = { store, clock, commits: recordingSender(), newId: () => 'another' };
    const byApi = await requestCommit(context, key, { idempotencyKey: 'order-1' });
    const byQueue = await enqueueCommit(world.queue, { ...key, idempotencyKey: 'order-1' });
    expect(byQueue.commitId).toBe(byApi.commitId);
  });

  it.each<[string, object, RegExp]>([
    ['no tenant', { tenant: undefined }, /tenant: /],
    ['a session that is no name', { session: 'a b' }, /session: 1 to 128 characters/],
    ['a position below 0', { through: -1 }, /through: /],
    ['more live messages than are allowed', { keepRecent: 1_001 }, /keepRecent: /],
    ['a key that is no name', { idempotencyKey: '' }, /idempotencyKey: 1 to 128 characters/],
    ['a field that is unknown', { reason: 'x' }, /reason/],
  ])('is refused with %s, and nothing is sent', async (_what, change, problem) => {
    await using world = await commitQueue();
    const call = enqueueCommit(world.queue, { ...key, ...change } as EnqueueRequest);
    await expect(call).rejects.toThrow(InvalidEnqueueError);
    await expect(call).rejects.toThrow(problem);
    expect(world.sent).toEqual([]);
  });

  it('may be sent again where the queue is not there: the error says so', async () => {
    await using double = await sqsDouble({
      SendMessage() {
        throw new SqsFault('QueueDoesNotExist', 'There is no such queue.');
      },
    });
    const call = enqueueCommit({ client: double.client, queueUrl: `${double.endpoint}/none` }, key);
    await expect(call).rejects.toThrow(QueueUnavailableError);
    await expect(call).rejects.toMatchObject({ code: 'queue-unavailable', retry: { retryable: true } });
  });
});
