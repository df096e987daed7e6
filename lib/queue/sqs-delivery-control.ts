import {
  ChangeMessageVisibilityCommand,
  SendMessageCommand,
  type SQSClient,
  SQSServiceException,
} from '@aws-sdk/client-sqs';
import type { DeadLetterReason, DeliveryControl } from './delivery-control.ts';
import { toQueueError } from './errors.ts';
import { reasonText } from './reason-text.ts';

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

    async deadLetter({ group, messageId, body }, reason) {
      const send = (MessageAttributes: ReturnType<typeof attributesOf> | undefined) =>
        client.send(
          new SendMessageCommand({
            QueueUrl: deadLetterQueueUrl,
            MessageGroupId: group,
            MessageDeduplicationId: messageId,
            MessageBody: body,
            MessageAttributes,
          }),
        );
      await attempt('SendMessage to the dead-letter queue', async () => {
        try {
          await send(attributesOf(reason));
        } catch (error) {
          // A body that is as long as the queue allows leaves no room for the reason.
          if (!isRefusal(error)) throw error;
          await send(undefined);
        }
      });
    },
  };
}

const MAX_CODE_LENGTH = 100;
const MAX_REASON_LENGTH = 1_000;

function attributesOf({ code, message }: DeadLetterReason) {
  return {
    reasonCode: { DataType: 'String', StringValue: reasonText(code, MAX_CODE_LENGTH) },
    reason: { DataType: 'String', StringValue: reasonText(message, MAX_REASON_LENGTH) },
  };
}

/** Whether SQS has answered that it does not take the request as it is. */
function isRefusal(error: unknown): boolean {
  return error instanceof SQSServiceException && error.$fault === 'client';
}

async function attempt<T>(operation: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw toQueueError(operation, error);
  }
}
