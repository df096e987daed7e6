import { ChangeMessageVisibilityBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeliveryControl } from './delivery-control.ts';
import { QueueUnavailableError, toQueueError } from './errors.ts';

/** What SQS takes in one batch request; a Lambda batch of a FIFO queue is never larger. */
const MAX_BATCH = 10;
const MAX_VISIBILITY_S = 12 * 60 * 60;

/** Controls deliveries of a FIFO queue of Amazon SQS. */
export function sqsDeliveryControl(options: {
  client: SQSClient;
  queueUrl: string;
  deadLetterQueueUrl: string;
}): DeliveryControl {
  const { client, queueUrl, deadLetterQueueUrl } = options;
  return {
    async setVisibility(deliveries, visibleInMs) {
      const VisibilityTimeout = Math.min(MAX_VISIBILITY_S, Math.ceil(visibleInMs / 1000));
      for (let start = 0; start < deliveries.length; start += MAX_BATCH) {
        const Entries = deliveries.slice(start, start + MAX_BATCH).map(({ receiptHandle }, index) => ({
          Id: String(index),
          ReceiptHandle: receiptHandle,
          VisibilityTimeout,
        }));
        const { Failed = [] } = await attempt('ChangeMessageVisibilityBatch', () =>
          client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries })),
        );
        if (Failed.length > 0) {
          const reasons = Failed.map(({ Code, Message }) => `${Code}: ${Message}`).join('; ');
          throw new QueueUnavailableError('ChangeMessageVisibilityBatch', new Error(reasons));
        }
      }
    },

    async deadLetter({ group, messageId, body }, { code, message }) {
      await attempt('SendMessage to the dead-letter queue', () =>
        client.send(
          new SendMessageCommand({
            QueueUrl: deadLetterQueueUrl,
            MessageGroupId: group,
            MessageDeduplicationId: messageId,
            MessageBody: body,
            MessageAttributes: {
              reasonCode: { DataType: 'String', StringValue: code },
              reason: { DataType: 'String', StringValue: message },
            },
          }),
        ),
      );
    },
  };
}

async function attempt<T>(operation: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw toQueueError(operation, error);
  }
}
