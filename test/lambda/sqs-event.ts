import type { SQSEvent } from 'aws-lambda';
import { type Delivery, REPLAY_ATTRIBUTE } from '../../lib/queue/index.ts';

/** Deliveries as SQS hands them to a function. */
export function sqsEvent(deliveries: readonly Delivery[]): SQSEvent {
  return {
    Records: deliveries.map(({ messageId, receiptHandle, group, body, receiveCount, replay }) => ({
      messageId,
      receiptHandle,
      body,
      attributes: {
        ApproximateReceiveCount: String(receiveCount),
        ApproximateFirstReceiveTimestamp: '0',
        SentTimestamp: '0',
        SenderId: 'sender',
        MessageGroupId: group,
      },
      messageAttributes:
        replay === undefined ? {} : { [REPLAY_ATTRIBUTE]: { dataType: 'String', stringValue: replay } },
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:queue.fifo',
      awsRegion: 'us-east-1',
    })),
  };
}
