import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandOutput,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it, vi } from 'vitest';
import { wrapPort } from '../../lib/port/index.ts';
import { startQueueEmulator } from '../../local/emulators/index.ts';
import { type EventSourceOptions, startEventSource } from '../../local/lambda/event-source.ts';
import { fakeFunction } from './fake-function.ts';

interface SqsEvent {
  readonly Records: readonly {
    readonly messageId: string;
    readonly receiptHandle: string;
    readonly body: string;
    readonly attributes: { readonly MessageGroupId: string; readonly ApproximateReceiveCount: string };
    readonly eventSourceARN: string;
  }[];
}

const failures = (records: SqsEvent['Records']) => ({
  batchItemFailures: records.map(({ messageId }) => ({ itemIdentifier: messageId })),
});

/** A FIFO queue that gives a message up after two deliveries, with its dead-letter queue. */
async function world() {
  const emulator = await startQueueEmulator({});
  const sqs = new SQSClient({
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const create = async (QueueName: string, Attributes: Record<string, string>) =>
    (await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { FifoQueue: 'true', ...Attributes } })))
      .QueueUrl ?? '';
  const deadLetterUrl = await create('dead.fifo', {});
  const queueArn = 'arn:aws:sqs:us-east-1:000000000000:work.fifo';
  const queueUrl = await create('work.fifo', {
    VisibilityTimeout: '600',
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead.fifo',
      maxReceiveCount: 2,
    }),
  });
  const errors: unknown[] = [];

  return {
    errors,
    sqs,
    async send(...messages: readonly [group: string, body: string][]) {
      for (const [MessageGroupId, MessageBody] of messages) {
        await sqs.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            MessageGroupId,
            MessageBody,
            MessageDeduplicationId: MessageBody,
          }),
        );
      }
    },
    /** Gives messages back at once, as a handler does that knows when they may succeed. */
    async giveBack(records: SqsEvent['Records']) {
      for (const { receiptHandle } of records) {
        await sqs.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl: queueUrl,
            ReceiptHandle: receiptHandle,
            VisibilityTimeout: 0,
          }),
        );
      }
    },
    feed(handler: (event: SqsEvent) => unknown, options: Partial<Omit<EventSourceOptions, 'handler'>> = {}) {
      return startEventSource({
        sqs,
        queueUrl,
        queueArn,
        handler: fakeFunction(handler),
        visibilityTimeoutSeconds: 600,
        batchSize: 10,
        concurrency: 2,
        reportsFailures: true,
        onError: (error) => errors.push(error),
        ...options,
      });
    },
    /** How many messages are in the queue, received ones among them. */
    async left() {
      const AttributeNames = [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
      ] as const;
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...AttributeNames] }),
      );
      return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name]), 0);
    },
    async deadLetters() {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: deadLetterUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
      );
      return Messages.map(({ Body }) => Body);
    },
    async [Symbol.asyncDispose]() {
      sqs.destroy();
      await emulator[Symbol.asyncDispose]();
    },
  };
}

describe.concurrent('an event source', () => {
  it('hands over whole batches, of no more than it is told, and deletes what succeeded', async () => {
    await using w = await world();
    const batches: string[][] = [];
    await w.send(['a', '1'], ['b', '2'], ['c', '3'], ['d', '4'], ['e', '5']);
    await using _feeding = w.feed(({ Records }) => void batches.push(Records.map(({ body }) => body)), {
      batchSize: 2,
    });
    await expect.poll(w.left).toBe(0);
    expect(batches.map(({ length }) => length).toSorted()).toEqual([1, 2, 2]);
    expect(batches.flat().toSorted()).toEqual(['1', '2', '3', '4', '5']);
    expect(w.errors).toEqual([]);
  });

  it('gives the handler what Lambda would: ids, group, count and the queue', async () => {
    await using w = await world();
    const events: SqsEvent[] = [];
    await w.send(['g', 'hello']);
    await using _feeding = w.feed((event) => void events.push(event));
    await expect.poll(() => events).toHaveLength(1);
    expect(events[0]?.Records).toMatchObject([
      {
        messageId: expect.stringMatching(/./),
        receiptHandle: expect.stringMatching(/./),
        body: 'hello',
        attributes: { MessageGroupId: 'g', ApproximateReceiveCount: '1' },
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:work.fifo',
        awsRegion: 'us-east-1',
      },
    ]);
  });

  it('keeps what the handler says has failed, and deletes the rest', async () => {
    await using w = await world();
    await w.send(['a', 'good'], ['b', 'bad'], ['c', 'good too']);
    await using _feeding = w.feed(({ Records }) => failures(Records.filter(({ body }) => body === 'bad')));
    await expect.poll(w.left).toBe(1);
    expect(await w.deadLetters()).toEqual([]);
  });

  it('delivers what has failed again, in the order of its group, before anything that came later', async () => {
    await using w = await world();
    const deliveries: string[] = [];
    await w.send(['g', '1'], ['g', '2'], ['g', '3'], ['g', '4']);
    await using _feeding = w.feed(
      async ({ Records }) => {
        const failed = deliveries.length === 0 ? Records.slice(1) : [];
        deliveries.push(Records.map(({ body }) => body).join(' '));
        await w.giveBack(failed);
        return failures(failed);
      },
      { batchSize: 3 },
    );
    await expect.poll(w.left).toBe(0);
    expect(deliveries[0]).toBe('1 2 3');
    expect(deliveries.join(' ')).toBe('1 2 3 2 3 4');
  });

  it.each([
    { batchSize: 10, dead: ['bad', 'next', 'last'], done: [] },
    { batchSize: 1, dead: ['bad'], done: ['next', 'last'] },
  ])('spends the receives of a batch together: $batchSize at once', async ({ batchSize, dead, done }) => {
    await using w = await world();
    const handled: string[] = [];
    await w.send(['g', 'bad'], ['g', 'next'], ['g', 'last']);
    await using _feeding = w.feed(
      async ({ Records }) => {
        const bodies = Records.map(({ body }) => body);
        if (bodies.includes('bad')) {
          await w.giveBack(Records);
          throw new Error('killed');
        }
        handled.push(...bodies);
      },
      { batchSize },
    );
    await expect.poll(w.left).toBe(0);
    expect(await w.deadLetters()).toEqual(dead);
    expect(handled).toEqual(done);
  });

  it('handles other groups while one is held up', async () => {
    await using w = await world();
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const done: string[] = [];
    await w.send(['slow', '1'], ['slow', '2']);
    await using _feeding = w.feed(
      async ({ Records }) => {
        const bodies = Records.map(({ body }) => body);
        if (bodies.includes('1')) await held;
        done.push(...bodies);
      },
      { batchSize: 1 },
    );
    await w.send(['fast', '3']);
    await expect.poll(() => done).toEqual(['3']);
    release();
    await expect.poll(w.left).toBe(0);
    expect(done).toEqual(['3', '1', '2']);
  });

  it('leaves a message that fails again and again to the dead-letter queue', async () => {
    await using w = await world();
    const counts: string[] = [];
    await w.send(['g', 'bad'], ['g', 'next']);
    await using _feeding = w.feed(
      async ({ Records }) => {
        const bad = Records.filter(({ body }) => body === 'bad');
        counts.push(...bad.map(({ attributes }) => attributes.ApproximateReceiveCount));
        await w.giveBack(bad);
        return failures(bad);
      },
      { batchSize: 1 },
    );
    await expect.poll(w.left).toBe(0);
    expect(counts).toEqual(['1', '2']);
    expect(await w.deadLetters()).toEqual(['bad']);
  });
});

describe.concurrent('a batch that fails as a whole', () => {
  it.each([
    ['throws', () => Promise.reject(new Error('no table')), /no table/],
    ['answers with something else', () => 'done', /batch response that is not understood/],
    [
      'names a message of no batch',
      () => ({ batchItemFailures: [{ itemIdentifier: 'x' }] }),
      /not understood/,
    ],
    ['names none', () => ({ batchItemFailures: [{ itemIdentifier: '' }] }), /not understood/],
  ])('is kept, and told: its handler %s', async (_how, handler, message) => {
    await using w = await world();
    await w.send(['a', '1'], ['b', '2']);
    await using _feeding = w.feed(handler);
    await expect.poll(() => w.errors.length).toBeGreaterThan(0);
    expect(String(w.errors[0])).toMatch(message);
    expect(await w.left()).toBe(2);
  });

  it('is deleted all the same when failures are not asked for, and the handler has answered', async () => {
    await using w = await world();
    await w.send(['a', '1']);
    await using _feeding = w.feed(({ Records }) => failures(Records), { reportsFailures: false });
    await expect.poll(w.left).toBe(0);
  });
});

describe.concurrent('an event source that is stopped', () => {
  it('ends what it has begun, and takes nothing more', async () => {
    await using w = await world();
    const done: string[] = [];
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    await w.send(['g', '1']);
    const feeding = w.feed(async ({ Records }) => {
      begin();
      await held;
      done.push(...Records.map(({ body }) => body));
    });
    await begun;
    const stopped = feeding[Symbol.asyncDispose]();
    release();
    await stopped;
    await w.send(['g', '2']);
    expect(done).toEqual(['1']);
    expect(await w.left()).toBe(1);
  });
});

/** The same client, whose first answer of such a command, if it has anything to say, gets lost on its way. */
function losing(
  sqs: SQSClient,
  command: typeof ReceiveMessageCommand | typeof ChangeMessageVisibilityBatchCommand,
) {
  let lost = 0;
  return wrapPort(sqs, async (go, _method, [sent]) => {
    const answer = await go();
    if (!(sent instanceof command) || lost > 0) return answer;
    const { Messages = [''] } = answer as ReceiveMessageCommandOutput;
    if (Messages.length === 0) return answer;
    lost += 1;
    throw new Error('the answer got lost');
  });
}

describe('a message whose answer gets lost', () => {
  it.each([
    ['when it is received', ReceiveMessageCommand],
    ['when it is hidden', ChangeMessageVisibilityBatchCommand],
  ])('%s is handled soon, and not only when the time of the queue is over', async (_when, command) => {
    await using w = await world();
    const bodies: string[] = [];
    await w.send(['g', 'one']);
    await using _source = w.feed(
      ({ Records }) => {
        bodies.push(...Records.map(({ body }) => body));
      },
      {
        sqs: losing(w.sqs, command),
        receiptTimeoutSeconds: 1,
        // Hidden for the whole time by then, in the second case: as short as the test has patience.
        visibilityTimeoutSeconds: command === ReceiveMessageCommand ? 600 : 2,
      },
    );
    await expect.poll(() => bodies).toEqual(['one']);
    await expect.poll(w.left).toBe(0);
    expect(w.errors).toMatchObject([{ message: 'the answer got lost' }]);
  });

  it('stays hidden for the time of the queue while it is handled', async () => {
    await using w = await world();
    const sent = vi.spyOn(w.sqs, 'send');
    const { promise, resolve } = Promise.withResolvers<void>();
    await w.send(['g', 'one']);
    await using _source = w.feed(() => promise);
    const inputs = () => sent.mock.calls.map(([command]) => command.input);
    const hidden = { Entries: [expect.objectContaining({ VisibilityTimeout: 600 })] };
    await expect.poll(inputs).toContainEqual(expect.objectContaining(hidden));
    resolve();
  });
});
