import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { type MoveProgress, moveNatively } from '../../lib/dead-letters/index.ts';
import { fakeClock } from '../support/fake-clock.ts';

type Answer = (command: {
  readonly constructor: { readonly name: string };
  readonly input: object;
}) => object;

/** An SQS that answers as a test says; the emulator has no such operation. */
function scripted(answer: Answer) {
  const sent: [string, object][] = [];
  const client = new SQSClient({ region: 'us-east-1' });
  client.send = ((command: Parameters<Answer>[0]) => {
    sent.push([command.constructor.name, command.input]);
    return Promise.resolve(answer(command));
  }) as typeof client.send;
  return { client, sent };
}

const urls = { queueUrl: 'http://queue', deadLetterQueueUrl: 'http://dead' };
const signal = new AbortController().signal;

function answering(tasks: readonly object[]): Answer {
  const rest = [...tasks];
  return (command) => {
    const { name } = command.constructor;
    if (name === 'GetQueueAttributesCommand') {
      return { Attributes: { QueueArn: `arn:${'QueueUrl' in command.input ? command.input.QueueUrl : ''}` } };
    }
    if (name === 'ListMessageMoveTasksCommand') return { Results: [rest.shift()] };
    return { TaskHandle: 'task-1' };
  };
}

describe('SQS moving letters by itself', () => {
  it('moves them to the queue that gave them up, and says how far it is until it ends', async () => {
    const clock = fakeClock();
    const { client, sent } = scripted(
      answering([
        { Status: 'RUNNING', ApproximateNumberOfMessagesMoved: 3, ApproximateNumberOfMessagesToMove: 9 },
        { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 9, ApproximateNumberOfMessagesToMove: 9 },
      ]),
    );
    const seen: MoveProgress[] = [];
    const moving = moveNatively({ client, ...urls, clock, ratePerSecond: 50, signal }, (one) =>
      seen.push(one),
    );
    expect(await clock.runUntil(moving)).toEqual({ status: 'COMPLETED', moved: 9, total: 9 });
    expect(seen.map(({ moved }) => moved)).toEqual([3, 9]);
    expect(sent).toContainEqual([
      'StartMessageMoveTaskCommand',
      { SourceArn: 'arn:http://dead', DestinationArn: 'arn:http://queue', MaxNumberOfMessagesPerSecond: 50 },
    ]);
  });

  it('says why when it fails', async () => {
    const clock = fakeClock();
    const { client } = scripted(answering([{ Status: 'FAILED', FailureReason: 'AccessDenied' }]));
    const moving = moveNatively({ client, ...urls, clock, signal }, () => undefined);
    await expect(clock.runUntil(moving)).rejects.toThrow('SQS stopped moving: AccessDenied.');
  });
});
