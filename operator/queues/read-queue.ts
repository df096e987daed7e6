import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { type DeadLetterKind, deadLetterKinds } from '../../lib/dead-letters/index.ts';
import type { Target } from '../target/index.ts';

/** How full a queue is, as far as it knows: its numbers may be up to a minute old. */
export interface QueueFigures {
  readonly kind: DeadLetterKind;
  readonly waiting: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** On its dead-letter queue, in flight or not. */
  readonly deadLetters: number;
  /** Whether it gives up to its dead-letter queue. */
  readonly givesUp: boolean;
}

/** How full a queue and its dead-letter queue are, as far as they know, and whether the one gives up to the other. */
export async function readQueue(
  { sqs, queueUrls }: Target,
  kind: DeadLetterKind,
  abortSignal: AbortSignal,
): Promise<QueueFigures> {
  const { queueUrl, deadLetterQueueUrl } = queueUrls(kind);
  const attributesOf = async (QueueUrl: string) => {
    const request = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
    return (await sqs.send(request, { abortSignal })).Attributes ?? {};
  };
  const [queue, dead] = await Promise.all([attributesOf(queueUrl), attributesOf(deadLetterQueueUrl)]);
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

/** How full every queue is. */
export async function readQueues(target: Target, signal: AbortSignal): Promise<QueueFigures[]> {
  return Promise.all(deadLetterKinds.map((kind) => readQueue(target, kind, signal)));
}

function pointsTo(policy: string | undefined, arn: string | undefined): boolean {
  return policy !== undefined && arn !== undefined && policy.includes(`"${arn}"`);
}
