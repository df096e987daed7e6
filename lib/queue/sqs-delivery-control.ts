import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeliveryControl } from './delivery-control.ts';
import { toQueueError } from './errors.ts';

const MAX_VISIBILITY_S = 12 * 60 * 60;

/** Controls deliveries of a FIFO queue of Amazon SQS. */
export function sqsDeliveryControl(options: {
  client: SQSClient;
  queueUrl: string;
  deadLetterQueueUrl: string;
}): DeliveryControl {
  const { client, queueUrl, deadLetterQueueUrl } = options;
  return {
    async setVisibility({ receiptHandle }, visibleInMs) {
      const VisibilityTimeout = Math.min(MAX_VISIBILITY_S, Math.ceil(visibleInMs / 1000));
      await attempt('ChangeMessageVisibility', () =>
        client.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl: queueUrl,
            ReceiptHandle: receiptHandle,
            VisibilityTimeout,
          }),
        ),
      );
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
