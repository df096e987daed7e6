import { randomUUID } from 'node:crypto';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { z } from 'zod';
import { type CommitMessage, keyedCommitId, messageGroup, sqsSender } from '../queue/index.ts';
import { type EnqueueRequest, enqueueRequestSchema } from './enqueue-request.ts';
import { InvalidEnqueueError } from './errors.ts';

/** The queue of a deployment: `commitQueue` of the construct, or the output `CommitQueueUrl` of the stack. */
export interface CommitQueue {
  readonly client: SQSClient;
  readonly queueUrl: string;
}

/**
 * Requests a commit past the API, by one message on the commit queue.
 *
 * The commit runs as one that the API requested does. Its status begins when a worker begins, so until then the API
 * answers 404 for it, and it cannot be cancelled. A repetition that may have been sent before does no harm: a surplus
 * commit finds nothing live and ends `empty`; with an `idempotencyKey` there is none.
 *
 * @returns the id by which the API will know the commit.
 * @example
 * const queue = { client: new SQSClient(), queueUrl: process.env.COMMIT_QUEUE_URL };
 * const { commitId } = await enqueueCommit(queue, { tenant: 'acme', session: 'chat-42' });
 *
 * @throws InvalidEnqueueError naming the fields that are wrong; QueueUnavailableError when it is not known whether the
 * commit is queued: repeat the call; QueueRefusedError when the queue will never take it.
 */
export async function enqueueCommit(
  { client, queueUrl }: CommitQueue,
  request: EnqueueRequest,
): Promise<{ readonly commitId: string }> {
  const { idempotencyKey, through, keepRecent = 0, traceparent, ...key } = checked(request);
  const commitId = idempotencyKey === undefined ? randomUUID() : keyedCommitId(key, idempotencyKey);
  const body: CommitMessage = {
    ...key,
    commitId,
    ...(through !== undefined && { through }),
    keepRecent,
    requestedAtMs: Date.now(),
    ...(traceparent !== undefined && { traceparent }),
  };
  const commits = sqsSender<CommitMessage>({ client, queueUrl });
  await commits.send({ group: messageGroup(key), dedupId: commitId, body });
  return { commitId };
}

function checked(request: EnqueueRequest): z.output<typeof enqueueRequestSchema> {
  const parsed = enqueueRequestSchema.safeParse(request);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) =>
    [path.join('.'), message].filter(Boolean).join(': '),
  );
  throw new InvalidEnqueueError(`The commit cannot be enqueued: ${problems.join('; ')}.`);
}
