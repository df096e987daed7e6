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
        isReplay: false,
      },
    ]);
  });

  it.each([REPLAY_ATTRIBUTE, 'reasonCode'])('are replays when they have the attribute %s', (name) => {
    const attribute = { dataType: 'String' as const, stringValue: 'x' };
    expect(deliveriesOf(record({ [name]: attribute }))).toMatchObject([{ isReplay: true }]);
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
