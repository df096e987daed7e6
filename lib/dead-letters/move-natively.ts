import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  type ListMessageMoveTasksResultEntry,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { Clock } from '../clock/index.ts';
import { CommitlaneError } from '../errors/index.ts';

/** The queue service cannot move the letters by itself, or refused to. None was moved by this request. */
export class NativeMoveError extends CommitlaneError {
  override readonly name = 'NativeMoveError';
  readonly code = 'native-move';
}

export interface MoveProgress {
  readonly status: string;
  readonly moved: number;
  /** As far as the service knows; absent when it does not say. */
  readonly total?: number;
}

const POLL_MS = 2_000;
const ENDED = ['COMPLETED', 'FAILED', 'CANCELLED'];

/**
 * Has Amazon SQS move every letter of a dead-letter queue back, in the order of the queue, and reports how far it is
 * until it ends. The service goes on by itself: when `signal` aborts, only the watching ends.
 *
 * @param ratePerSecond 1 to 500; as fast as the service likes unless given.
 * @throws NativeMoveError when the service has no such operation, refuses it, or ends in failure; the signal's reason.
 */
export async function moveNatively(
  options: {
    readonly client: SQSClient;
    readonly queueUrl: string;
    readonly deadLetterQueueUrl: string;
    readonly clock: Clock;
    readonly ratePerSecond?: number;
    readonly signal: AbortSignal;
  },
  onProgress: (progress: MoveProgress) => void,
): Promise<MoveProgress> {
  const { client, queueUrl, deadLetterQueueUrl, clock, ratePerSecond, signal } = options;
  const SourceArn = await arnOf(client, deadLetterQueueUrl);
  const DestinationArn = await arnOf(client, queueUrl);
  await attempt(() =>
    client.send(
      new StartMessageMoveTaskCommand({
        SourceArn,
        DestinationArn,
        ...(ratePerSecond !== undefined && { MaxNumberOfMessagesPerSecond: ratePerSecond }),
      }),
    ),
  );
  for (;;) {
    const { Results = [] } = await attempt(() =>
      client.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 })),
    );
    const progress = toProgress(Results[0]);
    onProgress(progress);
    if (progress.status === 'FAILED') {
      throw new NativeMoveError(`SQS stopped moving: ${Results[0]?.FailureReason ?? 'it does not say why'}.`);
    }
    if (ENDED.includes(progress.status)) return progress;
    await clock.sleep(POLL_MS, signal);
  }
}

function toProgress(task: ListMessageMoveTasksResultEntry | undefined): MoveProgress {
  const { Status = 'RUNNING', ApproximateNumberOfMessagesMoved: moved = 0 } = task ?? {};
  const total = task?.ApproximateNumberOfMessagesToMove;
  return { status: Status, moved, ...(total !== undefined && { total }) };
}

async function arnOf(client: SQSClient, QueueUrl: string): Promise<string> {
  const { Attributes = {} } = await attempt(() =>
    client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] })),
  );
  return Attributes['QueueArn'] ?? '';
}

async function attempt<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const what = /Unsupported|UnknownOperation|InvalidAction/.test(name)
      ? 'This queue service cannot move messages by itself. Replay without --native.'
      : `SQS did not move the messages: ${reason}. Replay without --native, or mend the cause and try again.`;
    throw new NativeMoveError(what, { cause: error });
  }
}
