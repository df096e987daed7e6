import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { toQueueError } from './errors.ts';
import type { Sender } from './sender.ts';

/** Sends to a FIFO queue of Amazon SQS; bodies are JSON. */
export function sqsSender<Body>(options: { client: SQSClient; queueUrl: string }): Sender<Body> {
  return {
    async send({ group, dedupId, body }) {
      try {
        await options.client.send(
          new SendMessageCommand({
            QueueUrl: options.queueUrl,
            MessageGroupId: group,
            MessageDeduplicationId: dedupId,
            MessageBody: JSON.stringify(body),
          }),
        );
      } catch (error) {
        throw toQueueError('SendMessage', error);
      }
    },
  };
}
