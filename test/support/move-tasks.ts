import { SqsFault } from './sqs-double.ts';

type Task = Record<string, string | number>;

/**
 * The message move tasks of SQS, which the emulator does not have, as its API reference describes them: one at a time, a
 * handle while it runs, a reason when it has failed.
 *
 * @param looks what the task has come to, at each look; the last one stays.
 * @param lag so many looks after its start show the tasks before it.
 */
export function moveTasks({
  looks,
  older = [],
  lag = 0,
  waiting = 3,
}: {
  readonly looks: readonly Task[];
  readonly older?: readonly Task[];
  readonly lag?: number;
  readonly waiting?: number;
}) {
  const rest = [...looks];
  const started: object[] = [];
  let look = 0;
  const current = () => ({ StartedTimestamp: 2_000, ...(rest.length > 1 ? rest.shift() : rest[0]) });
  return {
    started,
    GetQueueAttributes: ({ QueueUrl }: Record<string, unknown>) => ({
      Attributes: {
        QueueArn: `arn:aws:sqs:us-east-1:000000000000:${String(QueueUrl).split('/').at(-1)}`,
        ApproximateNumberOfMessages: String(waiting),
        ApproximateNumberOfMessagesNotVisible: '0',
      },
    }),
    StartMessageMoveTask(input: Record<string, unknown>) {
      if (started.length > 0) throw new SqsFault('UnsupportedOperation', 'There is an active task already.');
      started.push(input);
      return { TaskHandle: 'task' };
    },
    ListMessageMoveTasks() {
      if (started.length === 0) return { Results: older };
      look += 1;
      return { Results: look <= lag ? older : [current()] };
    },
  };
}
