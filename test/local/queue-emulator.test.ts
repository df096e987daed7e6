import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { localAws } from '../../local/aws/index.ts';
import { startQueueEmulator } from '../../local/emulators/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A FIFO queue that gives a message up after two deliveries, with its dead-letter queue. */
async function world(options: { readonly dataFolder?: string } = {}) {
  await using resources = new AsyncDisposableStack();
  const emulator = resources.use(await startQueueEmulator(options));
  const { region, credentials } = localAws;
  const sqs = new SQSClient({ endpoint: emulator.endpoint, region, credentials });
  resources.defer(() => sqs.destroy());
  const create = async (QueueName: string, Attributes: Record<string, string> = {}) =>
    (await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { FifoQueue: 'true', ...Attributes } })))
      .QueueUrl ?? '';
  const dead = await create('dead.fifo');
  const deadLetterTargetArn = 'arn:aws:sqs:us-east-1:000000000000:dead.fifo';
  const work = await create('work.fifo', {
    VisibilityTimeout: '600',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 }),
  });
  const kept = resources.move();

  return {
    dead,
    async send(group: string, ...bodies: readonly string[]) {
      for (const body of bodies) {
        await sqs.send(
          new SendMessageCommand({
            QueueUrl: work,
            MessageGroupId: group,
            MessageBody: body,
            MessageDeduplicationId: body,
          }),
        );
      }
    },
    async receive(
      atMost = 10,
      { queue = work, forSeconds }: { readonly queue?: string; readonly forSeconds?: number } = {},
    ): Promise<Message[]> {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queue,
          MaxNumberOfMessages: atMost,
          VisibilityTimeout: forSeconds,
          MessageSystemAttributeNames: ['All'],
        }),
      );
      return Messages;
    },
    async delete({ ReceiptHandle }: Message) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl: work, ReceiptHandle }));
    },
    async giveBack(...messages: readonly Message[]) {
      for (const { ReceiptHandle } of messages)
        await sqs.send(
          new ChangeMessageVisibilityCommand({ QueueUrl: work, ReceiptHandle, VisibilityTimeout: 0 }),
        );
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

const bodies = (messages: readonly Message[]) => messages.map(({ Body }) => Body);
const counts = (messages: readonly Message[]) =>
  messages.map(({ Body, Attributes }) => `${Body}:${Attributes?.ApproximateReceiveCount}`);
const named = (messages: readonly Message[], body: string): Message => {
  const found = messages.find(({ Body }) => Body === body);
  if (!found) throw new Error(`${body} was not received`);
  return found;
};

describe('a receive', () => {
  it('gives as many of one group as were asked for, in order, and then those of other groups', async () => {
    await using w = await world();
    await w.send('a', 'a1', 'a2', 'a3');
    await w.send('b', 'b1', 'b2');
    expect(bodies(await w.receive(2))).toEqual(['a1', 'a2']);
    expect(bodies(await w.receive(10))).toEqual(['b1', 'b2']);
  });

  it('gives several groups when one does not suffice', async () => {
    await using w = await world();
    await w.send('a', 'a1', 'a2');
    await w.send('b', 'b1', 'b2');
    expect(bodies(await w.receive(3))).toEqual(['a1', 'a2', 'b1']);
    await w.send('b', 'b3');
    expect(await w.receive()).toEqual([]);
  });

  it('gives ten at most', async () => {
    await using w = await world();
    const sent = Array.from({ length: 12 }, (_, index) => `m${index}`);
    await w.send('a', ...sent);
    expect(bodies(await w.receive(10))).toEqual(sent.slice(0, 10));
  });

  it('gives a message once, though it is visible again at once', async () => {
    await using w = await world();
    await w.send('a', 'a1', 'a2');
    expect(bodies(await w.receive(10, { forSeconds: 0 }))).toEqual(['a1', 'a2']);
    expect(counts(await w.receive(10, { forSeconds: 0 }))).toEqual(['a1:2', 'a2:2']);
  });
});

describe('a group of which something is in flight', () => {
  it('gives nothing, neither what came later nor what is visible again', async () => {
    await using w = await world();
    await w.send('a', 'a1', 'a2', 'a3', 'a4');
    const received = await w.receive(3);
    await w.delete(named(received, 'a1'));
    await w.giveBack(named(received, 'a2'));
    expect(await w.receive()).toEqual([]);
    await w.giveBack(named(received, 'a3'));
    expect(counts(await w.receive())).toEqual(['a2:2', 'a3:2', 'a4:1']);
  });

  it('goes on once the last of it is deleted', async () => {
    await using w = await world();
    await w.send('a', 'a1', 'a2', 'a3');
    const received = await w.receive(2);
    await w.delete(named(received, 'a2'));
    expect(await w.receive()).toEqual([]);
    await w.delete(named(received, 'a1'));
    expect(counts(await w.receive())).toEqual(['a3:1']);
  });

  it.each([
    ['first to last', ['a1', 'a2', 'a3']],
    ['last to first', ['a3', 'a2', 'a1']],
    ['the middle one first', ['a2', 'a3', 'a1']],
  ])('gives what came back in the order in which it was sent: %s', async (_name, order) => {
    await using w = await world();
    await w.send('a', 'a1', 'a2', 'a3', 'a4');
    const received = await w.receive(3);
    await w.giveBack(...order.map((body) => named(received, body)));
    expect(counts(await w.receive())).toEqual(['a1:2', 'a2:2', 'a3:2', 'a4:1']);
  });
});

describe('messages that were received together', () => {
  it('have a receive count each, and go to the dead letters together when it is spent', async () => {
    await using w = await world();
    await w.send('a', 'a1', 'a2', 'a3');
    await w.giveBack(...(await w.receive(1)));
    await w.giveBack(...(await w.receive(2)));
    expect(counts(await w.receive(10))).toEqual(['a2:2', 'a3:1']);
    expect(bodies(await w.receive(10, { queue: w.dead }))).toEqual(['a1']);
  });

  it('keep their order in the dead-letter queue', async () => {
    await using w = await world();
    await w.send('a', 'a1', 'a2', 'a3');
    for (const _delivery of [1, 2]) await w.giveBack(...(await w.receive(10)));
    expect(await w.receive(10)).toEqual([]);
    expect(bodies(await w.receive(10, { queue: w.dead }))).toEqual(['a1', 'a2', 'a3']);
  });

  it('come again in order after a restart', async () => {
    await using folder = await temporaryFolder();
    {
      await using w = await world({ dataFolder: folder.path });
      await w.send('a', 'a1', 'a2', 'a3', 'a4');
      await w.giveBack(named(await w.receive(3), 'a1'));
    }
    await using w = await world({ dataFolder: folder.path });
    expect(counts(await w.receive())).toEqual(['a1:2', 'a2:2', 'a3:2', 'a4:1']);
  });
});
