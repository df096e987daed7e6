import type { SQSMessageAttributes } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { fifoBatch } from '../../lib/lambda/index.ts';
import { type Delivery, REPLAY_ATTRIBUTE } from '../../lib/queue/index.ts';

const record = (messageAttributes: SQSMessageAttributes = {}) => ({
  messageId: 'm',
  receiptHandle: 'h',
  body: '{}',
  attributes: { MessageGroupId: 'acme#chat', ApproximateReceiveCount: '3' },
  messageAttributes,
});

function deliveriesOf(...records: readonly object[]): Delivery[] {
  const request = { event: { Records: records } as unknown };
  fifoBatch().before(request);
  return request.event as Delivery[];
}

describe('the deliveries of a batch', () => {
  it('say which group and which delivery they are', () => {
    expect(deliveriesOf(record())).toEqual([
      {
        messageId: 'm',
        receiptHandle: 'h',
        body: '{}',
        group: 'acme#chat',
        receiveCount: 3,
      },
    ]);
  });

  it.each([
    [REPLAY_ATTRIBUTE, 'replayed by ann', 'replayed by ann'],
    [REPLAY_ATTRIBUTE, 'x'.repeat(1_000), `${'x'.repeat(299)}…`],
    ['reasonCode', 'lease-unavailable', 'moved back by SQS; it had failed with lease-unavailable'],
  ])('are replays when they have the attribute %s, and say of whom', (name, stringValue, replay) => {
    const attribute = { dataType: 'String' as const, stringValue };
    expect(deliveriesOf(record({ [name]: attribute }))).toMatchObject([{ replay }]);
  });

  it('are replays, too, when the attribute is of another type', () => {
    const attribute = { dataType: 'Binary' as const, binaryValue: 'eA==' };
    expect(deliveriesOf(record({ [REPLAY_ATTRIBUTE]: attribute }))).toMatchObject([{ replay: 'replayed' }]);
  });

  it.each([{}, null, { Records: null }, [], 'text'])(
    'are none in an event that is none of SQS: %j',
    (event) => {
      const request = { event: event as unknown };
      fifoBatch().before(request);
      expect(request.event).toEqual([]);
    },
  );

  it('that failed come again, by their ids', () => {
    const failed = deliveriesOf(record());
    const request = { event: {}, response: failed as unknown };
    fifoBatch().after(request);
    expect(request.response).toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
  });
});
