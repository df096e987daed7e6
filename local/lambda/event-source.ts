import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { localAws } from '../aws/index.ts';
import type { LocalFunction } from './local-function.ts';

export interface EventSourceOptions {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly handler: LocalFunction;
  readonly batchSize: number;
  /** The queue's visibility timeout: how long a message stays hidden while it is handled. */
  readonly visibilityTimeoutSeconds: number;
  /** How long a message stays hidden if its receipt is not known to have arrived. Default 30. */
  readonly receiptTimeoutSeconds?: number;
  /** Batches that are handled at once. */
  readonly concurrency: number;
  /** Whether the handler's answer says which messages failed; else an answer means that none did. */
  readonly reportsFailures: boolean;
  readonly onError: (error: unknown) => void;
}

/** A long poll; stopping waits for as long. */
const WAIT_S = 1;
/** Longer than a request takes at most, and much shorter than the queue's own: nothing is to wait that nobody handles. */
const RECEIPT_TIMEOUT_S = 30;
/** After an error of the queue itself. */
const PAUSE_MS = 500;
/** A FIFO queue gives no more. */
const MAX_BATCH = 10;
/** On stop, handlers may continue for this time before they are killed. */
const GRACE_MS = 5_000;

const responseSchema = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/**
 * Feeds a function from a queue, as Lambda's event source mapping does: whole batches, several at once; what
 * succeeded is deleted, and what failed comes again when its visibility timeout ends. A batch whose invocation fails,
 * or whose answer is not understood, has failed as a whole.
 */
export function startEventSource(options: EventSourceOptions): AsyncDisposable {
  let stopping = false;
  const pollers = Array.from({ length: options.concurrency }, () => poll(options, () => stopping));
  return {
    async [Symbol.asyncDispose]() {
      stopping = true;
      const all = Promise.all(pollers);
      const timer = setTimeout(() => {
        options.handler.killBusy().catch(options.onError);
      }, GRACE_MS);
      await all;
      clearTimeout(timer);
    },
  };
}

async function poll(options: EventSourceOptions, isStopping: () => boolean): Promise<void> {
  while (!isStopping()) {
    try {
      const messages = await receive(options);
      if (messages.length > 0) await handle(options, messages);
    } catch (error) {
      options.onError(error);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/**
 * Takes messages. An answer may get lost on its way, and its messages are then hidden from everybody: so they are taken
 * for a short time first, and for the whole of it once they are here.
 */
async function receive(options: EventSourceOptions): Promise<Message[]> {
  const { sqs, queueUrl, batchSize, visibilityTimeoutSeconds } = options;
  const { receiptTimeoutSeconds = RECEIPT_TIMEOUT_S } = options;
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(batchSize, MAX_BATCH),
      WaitTimeSeconds: WAIT_S,
      VisibilityTimeout: Math.min(receiptTimeoutSeconds, visibilityTimeoutSeconds),
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  if (Messages.length > 0 && visibilityTimeoutSeconds > receiptTimeoutSeconds) await hide(options, Messages);
  return Messages;
}

/** @throws Error when a message cannot be hidden; it comes again soon, with those that were taken with it. */
async function hide(
  { sqs, queueUrl, visibilityTimeoutSeconds }: EventSourceOptions,
  messages: readonly Message[],
): Promise<void> {
  const { Failed = [] } = await sqs.send(
    new ChangeMessageVisibilityBatchCommand({
      QueueUrl: queueUrl,
      Entries: messages.map(({ ReceiptHandle }, index) => ({
        Id: String(index),
        ReceiptHandle,
        VisibilityTimeout: visibilityTimeoutSeconds,
      })),
    }),
  );
  for (const { Message: reason } of Failed) throw new Error(`a message was not kept hidden: ${reason}`);
}

async function handle(options: EventSourceOptions, messages: readonly Message[]): Promise<void> {
  const { sqs, queueUrl, queueArn, handler } = options;
  const Records = messages.map((message) => toRecord(message, queueArn));
  const answer = await handler.invoke({ Records });
  const failed = failedIds(options, messages, answer);
  const done = messages.filter(({ MessageId = '' }) => !failed.has(MessageId));
  if (done.length === 0) return;
  const { Failed = [] } = await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
    }),
  );
  for (const { Message: reason } of Failed)
    options.onError(new Error(`a message was not deleted: ${reason}`));
}

function failedIds(
  { reportsFailures, handler }: EventSourceOptions,
  messages: readonly Message[],
  answer: unknown,
): ReadonlySet<string> {
  if (!reportsFailures) return new Set();
  const response = responseSchema.safeParse(answer);
  const ids = new Set(messages.map(({ MessageId = '' }) => MessageId));
  const failed = (response.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  if (response.success && failed.every((id) => ids.has(id))) return new Set(failed);
  throw new Error(`${handler.name} gave a batch response that is not understood; the whole batch has failed`);
}

function toRecord(message: Message, queueArn: string) {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, { DataType, StringValue }]) => [
        name,
        { dataType: DataType, stringValue: StringValue },
      ]),
    ),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: localAws.region,
  };
}
