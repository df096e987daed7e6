import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { QueueFigures } from '../../console/index.ts';
import type { DeadLetterKind } from '../../lib/dead-letters/index.ts';
import type { Target } from '../target/target.ts';

/** How full a queue and its dead-letter queue are, as far as they know, and whether the one gives up to the other. */
export async function readQueue(
  { sqs, outputs }: Target,
  kind: DeadLetterKind,
  abortSignal: AbortSignal,
): Promise<QueueFigures & { readonly delayed: number; readonly givesUp: boolean }> {
  const [url, deadUrl] =
    kind === 'commits'
      ? [outputs.CommitQueueUrl, outputs.CommitDeadLetterQueueUrl]
      : [outputs.FollowUpQueueUrl, outputs.FollowUpDeadLetterQueueUrl];
  const attributesOf = async (QueueUrl: string) => {
    const request = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
    return (await sqs.send(request, { abortSignal })).Attributes ?? {};
  };
  const [queue, dead] = await Promise.all([attributesOf(url), attributesOf(deadUrl)]);
  return {
    kind,
    waiting: Number(queue['ApproximateNumberOfMessages'] ?? 0),
    inFlight: Number(queue['ApproximateNumberOfMessagesNotVisible'] ?? 0),
    delayed: Number(queue['ApproximateNumberOfMessagesDelayed'] ?? 0),
    deadLetters:
      Number(dead['ApproximateNumberOfMessages'] ?? 0) +
      Number(dead['ApproximateNumberOfMessagesNotVisible'] ?? 0),
    givesUp: pointsTo(queue['RedrivePolicy'], dead['QueueArn']),
  };
}

function pointsTo(policy: string | undefined, arn: string | undefined): boolean {
  return policy !== undefined && arn !== undefined && policy.includes(`"${arn}"`);
}
