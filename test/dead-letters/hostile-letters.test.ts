import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { gatherLetters, sqsDeadLetterQueue } from '../../lib/dead-letters/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { checkMessage, sqsDouble, taken } from '../support/sqs-double.ts';
import { commitIdOf, commitLetter } from './letters.ts';
import { sqsQueues } from './sqs-queues.ts';

const signal = new AbortController().signal;

describe('a letter with attributes that nobody of ours gave it', () => {
  it.each([
    ['a time that is none', { commitlaneDeadSinceMs: 'NaN<b>' }],
    ['a time that no date can hold', { commitlaneDeadSinceMs: '9'.repeat(15) }],
    ['a time to come', { commitlaneDeadSinceMs: String(Date.now() + 86_400_000) }],
    ['a negative time', { commitlaneDeadSinceMs: '-5' }],
    ['no time', { commitlaneDeadSinceMs: ' ' }],
    ['an id that is none', { commitlaneLetterId: '\u009b31m<script>' }],
    ['a code and a reason without end', { reasonCode: 'c'.repeat(100_000), reason: 'r'.repeat(100_000) }],
  ])('is given as if they were not there: %s', async (_what, given) => {
    await using queues = await sqsQueues();
    const { group, body } = commitLetter('one');
    const before = Date.now();
    const { MessageId } = await queues.client.send(
      new SendMessageCommand({
        QueueUrl: queues.urls.deadLetterQueueUrl,
        MessageGroupId: group,
        MessageDeduplicationId: queues.newId(),
        MessageBody: body,
        MessageAttributes: Object.fromEntries(
          Object.entries(given).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
        ),
      }),
    );
    const [letter] = await queues.queue.receive();
    expect(letter?.id).toBe(MessageId);
    expect(letter?.deadSinceMs).toBeGreaterThanOrEqual(before - 1_000);
    expect(letter?.deadSinceMs).toBeLessThanOrEqual(Date.now());
    expect(letter?.reason?.code.length ?? 0).toBeLessThanOrEqual(100);
    expect(letter?.reason?.message.length ?? 0).toBeLessThanOrEqual(1_000);
  });

  it('is given as if they were not there when they are of another type', async () => {
    await using queues = await sqsQueues();
    const binary = { DataType: 'Binary', BinaryValue: Buffer.from('x') };
    await queues.client.send(
      new SendMessageCommand({
        QueueUrl: queues.urls.deadLetterQueueUrl,
        MessageGroupId: 'g',
        MessageDeduplicationId: 'd',
        MessageBody: 'not JSON',
        MessageAttributes: {
          commitlaneDeadSinceMs: binary,
          commitlaneLetterId: binary,
          commitlanePassage: binary,
          reasonCode: binary,
          reason: binary,
        },
      }),
    );
    const [letter] = await queues.queue.receive();
    expect(letter).toMatchObject({ body: 'not JSON', content: { type: 'unreadable' } });
    expect(letter).not.toHaveProperty('reason');
  });
});

describe('a letter that fills a message', () => {
  it('stays where it is, and the rest is gone through', async () => {
    const dead = [
      { MessageId: 'full', group: 'full', MessageBody: 'b'.repeat(1_048_576) },
      { MessageId: 'other', group: 'other', MessageBody: commitLetter('other').body },
    ];
    const inFlight = new Set<string>();
    await using double = await sqsDouble({
      ReceiveMessage() {
        const Messages = dead
          .filter(({ MessageId }) => !inFlight.has(MessageId))
          .map(({ MessageId, group, MessageBody, ...more }) => ({
            MessageId,
            ReceiptHandle: MessageId,
            Body: MessageBody,
            Attributes: { MessageGroupId: group, SentTimestamp: '1000' },
            ...more,
          }));
        for (const { MessageId } of Messages) inFlight.add(MessageId);
        return { Messages };
      },
      SendMessageBatch({ Entries }) {
        const entries = Entries as { Id: string; MessageGroupId: string; MessageBody: string }[];
        for (const entry of entries) {
          checkMessage(entry as unknown as Record<string, unknown>);
          const { MessageGroupId: group, MessageBody, Id: _, ...more } = entry;
          dead.push({ MessageId: `copy-of-${group}`, group, MessageBody, ...more });
        }
        return { Successful: entries.map(({ Id }) => ({ Id, MessageId: 'copy' })), Failed: [] };
      },
      DeleteMessageBatch({ Entries }) {
        for (const { ReceiptHandle } of Entries as { ReceiptHandle: string }[]) {
          dead.splice(
            dead.findIndex(({ MessageId }) => MessageId === ReceiptHandle),
            1,
          );
          inFlight.delete(ReceiptHandle);
        }
        return { Successful: [], Failed: [] };
      },
      ChangeMessageVisibilityBatch({ Entries }) {
        for (const { ReceiptHandle } of Entries as { ReceiptHandle: string }[])
          inFlight.delete(ReceiptHandle);
        return { Successful: [], Failed: [] };
      },
      GetQueueAttributes: () => ({
        Attributes: {
          ApproximateNumberOfMessages: String(dead.length - inFlight.size),
          ApproximateNumberOfMessagesNotVisible: String(inFlight.size),
        },
      }),
    });
    let ids = 0;
    const newId = () => `id-${++ids}`;
    const urls = { queueUrl: `${double.endpoint}/q`, deadLetterQueueUrl: `${double.endpoint}/d` };
    const queue = sqsDeadLetterQueue({ client: double.client, kind: 'commits', newId, ...urls });
    const clock = fakeClock();
    const look = await gatherLetters(queue, { clock, newId, signal }, 100);
    expect(look.unseen).toBe(0);
    expect(look.letters.map(({ id }) => id).sort()).toEqual(['full', 'other']);
    expect(dead.map(({ MessageId }) => MessageId)).toEqual(['full', 'copy-of-other']);
    expect(inFlight.size).toBe(0);
    expect(commitIdOf({ body: dead[1]?.MessageBody ?? '' })).toBe('other');
  });

  it('is sent again, if need be without who does so', async () => {
    const sent: Record<string, unknown>[] = [];
    await using double = await sqsDouble({
      SendMessage(input) {
        checkMessage(input);
        sent.push(input);
        return taken();
      },
    });
    const urls = { queueUrl: `${double.endpoint}/q`, deadLetterQueueUrl: `${double.endpoint}/d` };
    const queue = sqsDeadLetterQueue({ client: double.client, kind: 'commits', newId: () => 'id', ...urls });
    const content = { type: 'unreadable', problem: 'p' } as const;
    for (const bytes of [1_048_576, 1_000]) {
      const body = 'b'.repeat(bytes);
      await queue.resend(
        { id: 'l', kind: 'commits', group: 'g', body, content, deadSinceMs: 0 },
        'replayed by ann',
      );
    }
    expect(sent.map(({ MessageBody }) => String(MessageBody).length)).toEqual([1_048_576, 1_000]);
    expect(sent[1]?.['MessageAttributes']).toMatchObject({
      commitlaneReplay: { StringValue: 'replayed by ann' },
    });
  });
});
