import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { QueueUnavailableError, REPLAY_ATTRIBUTE, reasonText } from '../queue/index.ts';
import type { DeadLetter, DeadLetterKind, HeldLetter } from './dead-letter.ts';
import { type DeadLetterQueue, HOLD_MS, LETTERS_PER_REQUEST } from './dead-letter-queue.ts';
import { readContent } from './read-content.ts';

/** Long enough that every server of the queue is asked. */
const WAIT_S = 1;

/** A failure of one entry that means that the letter is not in flight any more, and visible to all. */
const NOT_HELD = /ReceiptHandleIsInvalid|InvalidParameterValue|MessageNotInflight/;

/** A message that is too long, or that holds what SQS does not take. */
const UNACCEPTABLE = /BatchRequestTooLong|MessageTooLong|InvalidMessageContents|InvalidParameterValue/;

/** The dead letters of a FIFO queue of Amazon SQS. */
export function sqsDeadLetterQueue(options: {
  readonly client: SQSClient;
  readonly kind: DeadLetterKind;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** Unique at every call: five minutes long, a queue takes two messages with the same id for one. */
  readonly newId: () => string;
}): DeadLetterQueue {
  const { client, kind, queueUrl, deadLetterQueueUrl, newId } = options;

  return {
    kind,

    async receive() {
      const { Messages = [] } = await attempt('ReceiveMessage', () =>
        client.send(
          new ReceiveMessageCommand({
            QueueUrl: deadLetterQueueUrl,
            MaxNumberOfMessages: LETTERS_PER_REQUEST,
            VisibilityTimeout: HOLD_MS / 1000,
            WaitTimeSeconds: WAIT_S,
            MessageSystemAttributeNames: ['MessageGroupId', 'SentTimestamp'],
            MessageAttributeNames: ['All'],
          }),
        ),
      );
      return Messages.map((message) => toLetter(kind, message));
    },

    async append(letters, passage) {
      const Entries = letters.map((letter, index) => ({
        Id: String(index),
        MessageGroupId: letter.group,
        MessageDeduplicationId: newId(),
        MessageBody: letter.body,
        MessageAttributes: toAttributes(letter, passage),
      }));
      try {
        const request = new SendMessageBatchCommand({ QueueUrl: deadLetterQueueUrl, Entries });
        const { Failed = [] } = await client.send(request);
        refuse(
          'SendMessageBatch',
          Failed.filter(({ SenderFault = false }) => !SenderFault),
        );
        return Failed.flatMap(({ Id }) => letters[Number(Id)] ?? []);
      } catch (error) {
        // A batch of one is as long as its letter.
        if (letters.length === 1 && error instanceof Error && UNACCEPTABLE.test(error.name)) return letters;
        if (error instanceof QueueUnavailableError) throw error;
        throw new QueueUnavailableError('SendMessageBatch', error);
      }
    },

    async remove(letters) {
      const { Failed = [] } = await attempt('DeleteMessageBatch', () =>
        client.send(
          new DeleteMessageBatchCommand({ QueueUrl: deadLetterQueueUrl, Entries: letters.map(toEntry) }),
        ),
      );
      refuse('DeleteMessageBatch', Failed.filter(isHeld));
    },

    async release(letters) {
      const Entries = letters.map((letter, index) => ({ ...toEntry(letter, index), VisibilityTimeout: 0 }));
      const { Failed = [] } = await attempt('ChangeMessageVisibilityBatch', () =>
        client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: deadLetterQueueUrl, Entries })),
      );
      refuse('ChangeMessageVisibilityBatch', Failed.filter(isHeld));
    },

    async resend({ group, body }, why) {
      const send = (attributes: Record<string, MessageAttributeValue>) =>
        client.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            MessageGroupId: group,
            MessageDeduplicationId: newId(),
            MessageBody: body,
            MessageAttributes: attributes,
          }),
        );
      await attempt('SendMessage', async () => {
        const StringValue = reasonText(why, MAX_REASON_LENGTH);
        try {
          await send({ [REPLAY_ATTRIBUTE]: { DataType: 'String', StringValue } });
        } catch (error) {
          // A body that is as long as the queue allows leaves no room for it.
          if (!(error instanceof Error && UNACCEPTABLE.test(error.name))) throw error;
          await send({});
        }
      });
    },

    async count() {
      const { Attributes = {} } = await attempt('GetQueueAttributes', () =>
        client.send(
          new GetQueueAttributesCommand({
            QueueUrl: deadLetterQueueUrl,
            AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
          }),
        ),
      );
      return {
        waiting: Number(Attributes['ApproximateNumberOfMessages'] ?? 0),
        inFlight: Number(Attributes['ApproximateNumberOfMessagesNotVisible'] ?? 0),
      };
    },
  };
}

/** What a letter keeps when it is copied; the names are part of its format. */
const attributes = {
  id: 'commitlaneLetterId',
  passage: 'commitlanePassage',
  deadSinceMs: 'commitlaneDeadSinceMs',
  reasonCode: 'reasonCode',
  reason: 'reason',
} as const;

/** Message ids are UUIDs; whoever may send to the queue can put anything in their place. */
const LETTER_ID = /^[\w-]{1,100}$/;
const MAX_REASON_LENGTH = 1_000;
const MAX_CODE_LENGTH = 100;

/** Attributes that are not what a letter's copy was given are taken for none. */
function toLetter(kind: DeadLetterKind, message: Message): HeldLetter {
  const { MessageId = '', ReceiptHandle = '', Body = '', Attributes = {}, MessageAttributes = {} } = message;
  const given = (name: string) => MessageAttributes[name]?.StringValue;
  const [id, code, passage] = [attributes.id, attributes.reasonCode, attributes.passage].map(given);
  const reason = code !== undefined && {
    code: reasonText(code, MAX_CODE_LENGTH),
    message: reasonText(given(attributes.reason) ?? code, MAX_REASON_LENGTH),
  };
  return {
    id: id !== undefined && LETTER_ID.test(id) ? id : MessageId,
    kind,
    group: Attributes.MessageGroupId ?? MessageId,
    body: Body,
    content: readContent(kind, Body),
    ...(reason && { reason }),
    deadSinceMs: deadSince(given(attributes.deadSinceMs), Attributes.SentTimestamp),
    ...(passage !== undefined && { passage }),
    receiptHandle: ReceiptHandle,
  };
}

/** A copy was sent after its original: a time behind that is none. */
function deadSince(given: string | undefined, sentTimestamp: string | undefined): number {
  const sentMs = Number(sentTimestamp ?? 0);
  const givenMs = /^\d{1,15}$/.test(given ?? '') ? Number(given) : sentMs;
  return Math.min(givenMs, sentMs);
}

function toAttributes(letter: DeadLetter, passage: string): Record<string, MessageAttributeValue> {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  return {
    [attributes.id]: text(letter.id),
    [attributes.passage]: text(passage),
    [attributes.deadSinceMs]: { DataType: 'Number', StringValue: String(letter.deadSinceMs) },
    ...(letter.reason && {
      [attributes.reasonCode]: text(letter.reason.code),
      [attributes.reason]: text(letter.reason.message),
    }),
  };
}

const toEntry = ({ receiptHandle }: HeldLetter, index: number) => ({
  Id: String(index),
  ReceiptHandle: receiptHandle,
});

interface FailedEntry {
  readonly Code?: string | undefined;
  readonly Message?: string | undefined;
}

function isHeld({ Code = '' }: FailedEntry): boolean {
  return !NOT_HELD.test(Code);
}

function refuse(operation: string, failed: readonly FailedEntry[]): void {
  if (failed.length === 0) return;
  const reasons = failed.map(({ Code, Message }) => `${Code}: ${Message}`).join('; ');
  throw new QueueUnavailableError(operation, new Error(reasons));
}

async function attempt<T>(operation: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw new QueueUnavailableError(operation, error);
  }
}
