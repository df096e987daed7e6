import { describe, expect, it } from 'vitest';
import { type Move, moveNatively, NativeMoveError } from '../../lib/dead-letters/index.ts';
import { moveTasks } from '../support/move-tasks.ts';
import { SqsFault, sqsDouble } from '../support/sqs-double.ts';

const signal = new AbortController().signal;

/** Answers come over HTTP, in their own time: the clock goes on whenever somebody sleeps. */
async function move(
  tasks: ReturnType<typeof moveTasks>,
  { timeoutMs = 60_000, clock = hurriedClock() } = {},
) {
  const { started, ...actions } = tasks;
  await using double = await sqsDouble(actions);
  const urls = {
    queueUrl: `${double.endpoint}/0/queue.fifo`,
    deadLetterQueueUrl: `${double.endpoint}/0/dead.fifo`,
  };
  const seen: number[] = [];
  const onProgress = ({ moved }: Move) => seen.push(moved);
  const options = { client: double.client, ...urls, clock, ratePerSecond: 50, timeoutMs, signal };
  const result = await moveNatively(options, onProgress);
  return { result, seen, started };
}

function hurriedClock() {
  let nowMs = 0;
  return {
    now: () => nowMs,
    async sleep(ms: number) {
      nowMs += ms;
    },
  };
}

describe('SQS moving letters by itself', () => {
  it('moves them to the queue that gave them up, and says how far it is until it ends', async () => {
    const running = { Status: 'RUNNING', TaskHandle: 'task', ApproximateNumberOfMessagesMoved: 3 };
    const completed = { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 9 };
    const { result, seen, started } = await move(moveTasks({ looks: [running, completed] }));
    expect(result).toEqual({ status: 'COMPLETED', moved: 9 });
    expect(seen).toEqual([3, 9]);
    expect(started).toEqual([
      {
        SourceArn: 'arn:aws:sqs:us-east-1:000000000000:dead.fifo',
        DestinationArn: 'arn:aws:sqs:us-east-1:000000000000:queue.fifo',
        MaxNumberOfMessagesPerSecond: 50,
      },
    ]);
  });

  it.each([
    ['completed without having moved any', { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 0 }],
    ['cancelled', { Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 1 }],
    [
      'failed',
      {
        Status: 'FAILED',
        ApproximateNumberOfMessagesMoved: 1,
        FailureReason: 'CouldNotDetermineMessageSource',
      },
    ],
  ])('says that it has %s', async (_how, look) => {
    const { result } = await move(moveTasks({ looks: [look] }));
    const {
      Status: status,
      ApproximateNumberOfMessagesMoved: moved,
      FailureReason: failure,
    } = {
      FailureReason: undefined,
      ...look,
    };
    expect(result).toEqual({ status, moved, ...(failure !== undefined && { failure }) });
  });

  it('does not take the end of an earlier move for its own', async () => {
    const older = [{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 77, StartedTimestamp: 1_000 }];
    const looks = [{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3 }];
    const { result, seen } = await move(moveTasks({ looks, older, lag: 2 }));
    expect(result.moved).toBe(3);
    expect(seen).toEqual([0, 0, 3]);
  });

  it('is watched no longer than it may be', async () => {
    const clock = hurriedClock();
    const looks = [{ Status: 'RUNNING', ApproximateNumberOfMessagesMoved: 1 }];
    const { result } = await move(moveTasks({ looks }), { timeoutMs: 9_000, clock });
    expect(result).toEqual({ status: 'RUNNING', moved: 1 });
    expect(clock.now()).toBe(9_000);
  });

  it('says why it was refused', async () => {
    const refusing = {
      ...moveTasks({ looks: [] }),
      StartMessageMoveTask: () => {
        throw new SqsFault('AccessDeniedException', 'not authorized to perform sqs:StartMessageMoveTask');
      },
    };
    const refused = move(refusing);
    await expect(refused).rejects.toThrow(NativeMoveError);
    await expect(refused).rejects.toThrow(/not authorized to perform sqs:StartMessageMoveTask/);
  });
});
