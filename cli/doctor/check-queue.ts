import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { DeadLetterKind } from '../../lib/dead-letters/index.ts';
import { count } from '../display/count.ts';
import type { Target } from '../target/target.ts';
import type { Check } from './check.ts';

/** Whether a queue is there and gives up what it should, and whether it has given up anything. */
export async function checkQueue(
  { sqs, outputs }: Target,
  kind: DeadLetterKind,
  abortSignal: AbortSignal,
): Promise<Omit<Check, 'name'>> {
  const [url, deadUrl] =
    kind === 'commits'
      ? [outputs.CommitQueueUrl, outputs.CommitDeadLetterQueueUrl]
      : [outputs.FollowUpQueueUrl, outputs.FollowUpDeadLetterQueueUrl];
  const attributesOf = async (QueueUrl: string) => {
    const request = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
    return (await sqs.send(request, { abortSignal })).Attributes ?? {};
  };
  const [queue, dead] = await Promise.all([attributesOf(url), attributesOf(deadUrl)]);
  const waiting = Number(queue['ApproximateNumberOfMessages'] ?? 0);
  const inFlight = Number(queue['ApproximateNumberOfMessagesNotVisible'] ?? 0);
  const given =
    Number(dead['ApproximateNumberOfMessages'] ?? 0) +
    Number(dead['ApproximateNumberOfMessagesNotVisible'] ?? 0);
  const detail = `${waiting} waiting, ${inFlight} in flight, ${count(given, 'dead letter')}`;
  if (!pointsTo(queue['RedrivePolicy'], dead['QueueArn'])) {
    return {
      status: 'failed',
      detail: `${detail}; the queue does not give up to its dead-letter queue`,
      whatToDo: 'Somebody changed its redrive policy: deploy again.',
    };
  }
  if (given === 0) return { status: 'ok', detail };
  return { status: 'warning', detail, whatToDo: `commitlane dlq list --queue ${kind} shows them.` };
}

function pointsTo(policy: string | undefined, arn: string | undefined): boolean {
  return policy !== undefined && arn !== undefined && policy.includes(`"${arn}"`);
}
