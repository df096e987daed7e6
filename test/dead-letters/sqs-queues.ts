import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type DeadLetterKind, sqsDeadLetterQueue } from '../../lib/dead-letters/index.ts';
import { localAws } from '../../local/aws/index.ts';
import { startQueueEmulator } from '../../local/emulators/index.ts';

/** A queue and its dead-letter queue on an emulated SQS of their own. */
export async function sqsQueues(kind: DeadLetterKind = 'commits') {
  const emulator = await startQueueEmulator({});
  const { region, credentials } = localAws;
  const client = new SQSClient({ region, credentials, endpoint: emulator.endpoint });
  const create = async (QueueName: string) => {
    const created = await client.send(
      new CreateQueueCommand({
        QueueName,
        Attributes: {
          FifoQueue: 'true',
          DeduplicationScope: 'messageGroup',
          FifoThroughputLimit: 'perMessageGroupId',
        },
      }),
    );
    return `${emulator.endpoint}${new URL(created.QueueUrl ?? '').pathname}`;
  };
  const urls = { queueUrl: await create('queue.fifo'), deadLetterQueueUrl: await create('dead.fifo') };
  let ids = 0;
  const newId = () => `id-${++ids}`;

  return {
    client,
    urls,
    newId,
    queue: sqsDeadLetterQueue({ client, kind, ...urls, newId }),

    /** Gives a message up. */
    async add({
      group,
      body,
      reason,
    }: {
      group: string;
      body: string;
      reason?: { code: string; message: string };
    }) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: urls.deadLetterQueueUrl,
          MessageGroupId: group,
          MessageDeduplicationId: newId(),
          MessageBody: body,
          ...(reason && {
            MessageAttributes: {
              reasonCode: { DataType: 'String', StringValue: reason.code },
              reason: { DataType: 'String', StringValue: reason.message },
            },
          }),
        }),
      );
    },

    /** Takes what is on the queue that gave the letters up, in order. */
    async takeResent(): Promise<{ group: string; body: string }[]> {
      const taken: { group: string; body: string }[] = [];
      for (;;) {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl: urls.queueUrl,
            MaxNumberOfMessages: 10,
            MessageSystemAttributeNames: ['MessageGroupId'],
          }),
        );
        if (Messages.length === 0) return taken;
        for (const { Body = '', Attributes = {}, ReceiptHandle = '' } of Messages) {
          taken.push({ group: Attributes.MessageGroupId ?? '', body: Body });
          await client.send(new DeleteMessageCommand({ QueueUrl: urls.queueUrl, ReceiptHandle }));
        }
      }
    },

    async [Symbol.asyncDispose]() {
      client.destroy();
      await emulator[Symbol.asyncDispose]();
    },
  };
}
