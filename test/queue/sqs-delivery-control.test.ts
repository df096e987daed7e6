import { describe, expect, it } from 'vitest';

import { QueueRefusedError } from '../../lib/queue/errors.ts';
import {
  commitMessageSchema,
  InvalidMessageError,
  parseBody,
  sqsDeliveryControl,
} from '../../lib/queue/index.ts';
import { checkMessage, SqsFault, sqsDouble, taken } from '../support/sqs-double.ts';

type Sent = Record<string, unknown> & {
  readonly MessageAttributes?: Record<string, { StringValue: string }>;
};

/** A dead-letter queue that takes what SQS takes. */
async function deadLetterQueue({ maxBytes = 1_048_576 } = {}) {
  const kept: Sent[] = [];
  const double = await sqsDouble({
    SendMessage(input) {
      checkMessage(input, maxBytes);
      kept.push(input as Sent);
      return taken();
    },
  });
  const control = sqsDeliveryControl({
    client: double.client,
    queueUrl: `${double.endpoint}/queue`,
    deadLetterQueueUrl: `${double.endpoint}/dead`,
  });
  return { ...double, kept, control };
}

const delivery = (body: string) => ({
  messageId: 'm',
  receiptHandle: 'h',
  group: 'g',
  body,
  receiveCount: 1,
});

function refusalOf(body: string): InvalidMessageError {
  try {
    parseBody(commitMessageSchema, body);
  } catch (error) {
    if (error instanceof InvalidMessageError) return error;
    throw error;
  }
  throw new Error('It was taken');
}

describe('moving a message to the dead-letter queue', () => {
  it.each([
    ['a control character', 'field \u0001'],
    ['half an emoji', 'field \ud83d'],
    ['the other half', '\ude00 field'],
    ['what is no character', '\ufffe\uffff\u0000'],
    ['a million characters', 'é'.repeat(1_000_000)],
    ['an emoji across the cut', `${'x'.repeat(998)}👩‍👩‍👧‍👦 and more`],
    ['nothing', ''],
  ])('takes a reason with %s', async (_what, message) => {
    await using queue = await deadLetterQueue();
    await queue.control.deadLetter(delivery('{}'), { code: message, message });
    const [{ MessageAttributes = {} } = {}] = queue.kept;
    for (const name of ['reason', 'reasonCode']) {
      const { StringValue = '' } = MessageAttributes[name] ?? {};
      expect(StringValue.isWellFormed()).toBe(true);
      expect(StringValue.length).toBeGreaterThan(0);
      expect(StringValue.length).toBeLessThanOrEqual(1_000);
    }
  });

  it.each([
    ['a control character', '{"\\u0001":1}'],
    ['half an emoji', '{"\\ud83d":1}'],
    ['long names', JSON.stringify({ ['k'.repeat(300_000)]: 1, ['é'.repeat(200_000)]: 1 })],
    [
      'many fields',
      JSON.stringify(Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`f${n}`, n]))),
    ],
    ['no JSON', '\t'],
  ])('takes what is wrong with a body of %s as it is said', async (_what, body) => {
    await using queue = await deadLetterQueue();
    const error = refusalOf(body);
    await queue.control.deadLetter(delivery(body), error);
    expect(queue.kept).toMatchObject([
      {
        MessageBody: body,
        MessageAttributes: {
          reason: { StringValue: error.message },
          reasonCode: { StringValue: 'invalid-message' },
        },
      },
    ]);
  });

  it('cuts between graphemes', async () => {
    await using queue = await deadLetterQueue();
    const family = '👩‍👩‍👧‍👦';
    await queue.control.deadLetter(delivery('{}'), { code: 'c', message: `${'x'.repeat(990)}${family}!` });
    expect(queue.kept[0]?.MessageAttributes?.['reason']?.StringValue).toBe(`${'x'.repeat(990)}…`);
  });

  it.each([1_048_576, 1_048_500])(
    'keeps a body of %i bytes, if need be without its reason',
    async (bytes) => {
      await using queue = await deadLetterQueue();
      await queue.control.deadLetter(delivery('b'.repeat(bytes)), {
        code: 'invalid-message',
        message: 'long',
      });
      expect(queue.kept).toHaveLength(1);
      expect(String(queue.kept[0]?.['MessageBody'])).toHaveLength(bytes);
    },
  );

  it('fails with what the queue said when it takes the body in no way', async () => {
    await using queue = await deadLetterQueue({ maxBytes: 10 });
    const moving = queue.control.deadLetter(delivery('b'.repeat(11)), { code: 'c', message: 'r' });
    await expect(moving).rejects.toThrow(QueueRefusedError);
    await expect(moving).rejects.toThrow(/shorter than 10 bytes/);
  });

  it('does not give a reason up because the service was throttled', async () => {
    let requests = 0;
    await using queue = await sqsDouble({
      SendMessage() {
        requests += 1;
        if (requests === 1) throw new SqsFault('RequestThrottled', 'Slow down.');
        return taken();
      },
    });
    const urls = { queueUrl: `${queue.endpoint}/q`, deadLetterQueueUrl: `${queue.endpoint}/d` };
    const sent: unknown[] = [];
    queue.client.middlewareStack.add(
      (next) => (args) => {
        sent.push((args.input as Sent).MessageAttributes?.['reason']?.StringValue);
        return next(args);
      },
      { step: 'initialize' },
    );
    const control = sqsDeliveryControl({ client: queue.client, ...urls });
    await control.deadLetter(delivery('{}'), { code: 'c', message: 'why' });
    expect(sent).toEqual(['why']);
  });
});
