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

/** How far a move is, or how it ended. A move that is `COMPLETED` may have left letters where they were. */
export interface Move {
  /** `RUNNING`, `COMPLETED`, `CANCELLING`, `CANCELLED` or `FAILED`, as the service says. */
  readonly status: string;
  readonly moved: number;
  /** Of one that `FAILED`. */
  readonly failure?: string;
}

const POLL_MS = 2_000;
const ENDED = ['COMPLETED', 'FAILED', 'CANCELLED'];

/**
 * Has Amazon SQS move every letter of a dead-letter queue back, in the order of the queue, and reports how far it is
 * until it ends or `timeoutMs` are over. The service goes on by itself: when the time is over, or `signal` aborts, only
 * the watching ends.
 *
 * @param ratePerSecond 1 to 500; as fast as the service likes unless given.
 * @throws NativeMoveError when the service has no such operation, or refuses it; the signal's reason.
 */
export async function moveNatively(
  options: {
    readonly client: SQSClient;
    readonly queueUrl: string;
    readonly deadLetterQueueUrl: string;
    readonly clock: Clock;
    readonly ratePerSecond?: number;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  },
  onProgress: (move: Move) => void,
): Promise<Move> {
  const { client, queueUrl, deadLetterQueueUrl, clock, ratePerSecond, timeoutMs, signal } = options;
  const endsAtMs = clock.now() + timeoutMs;
  const SourceArn = await arnOf(client, deadLetterQueueUrl);
  const DestinationArn = await arnOf(client, queueUrl);
  const latest = async () => {
    const list = new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 });
    const { Results = [] } = await attempt(() => client.send(list));
    return Results[0];
  };
  const before = (await latest())?.StartedTimestamp;
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
    const task = await latest();
    // The list may lag behind: until it has the new task, it shows how the one before has ended.
    const move = toMove(task && task.StartedTimestamp === before && before !== undefined ? undefined : task);
    onProgress(move);
    const leftMs = endsAtMs - clock.now();
    if (ENDED.includes(move.status) || leftMs <= 0) return move;
    await clock.sleep(Math.min(POLL_MS, leftMs), signal);
  }
}

function toMove(task: ListMessageMoveTasksResultEntry | undefined): Move {
  const { Status = 'RUNNING', ApproximateNumberOfMessagesMoved: moved = 0, FailureReason } = task ?? {};
  return { status: Status, moved, ...(FailureReason !== undefined && { failure: FailureReason }) };
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
      : `SQS did not move the messages: ${reason}. Replay without --native, or fix the cause and try again.`;
    throw new NativeMoveError(what, { cause: error });
  }
}
