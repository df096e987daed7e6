import type { Clock } from '../../lib/clock/index.ts';
import type { CommitMessage } from '../../lib/commit/index.ts';
import {
  type DeadLetterKind,
  type DeadLetterQueue,
  sqsDeadLetterQueue,
} from '../../lib/dead-letters/index.ts';
import { type Sender, sqsSender } from '../../lib/queue/index.ts';
import { dynamodbSessionStore, type SessionStore } from '../../lib/store/index.ts';
import { dynamodbSessionItems, type SessionItems } from '../../lib/verify/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import type { Target } from './target.ts';

/** The ports of the domain, on the parts of a stack. */
export interface Parts {
  readonly store: SessionStore;
  readonly items: SessionItems;
  readonly commits: Sender<CommitMessage>;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly newId: () => string;
  deadLetters(kind: DeadLetterKind): DeadLetterQueue;
}

export function partsOf({ dynamodb, sqs, outputs }: Target, { clock, newId }: CliEnvironment): Parts {
  const table = { client: dynamodb, tableName: outputs.TableName };
  const urls = {
    commits: { queueUrl: outputs.CommitQueueUrl, deadLetterQueueUrl: outputs.CommitDeadLetterQueueUrl },
    'follow-ups': {
      queueUrl: outputs.FollowUpQueueUrl,
      deadLetterQueueUrl: outputs.FollowUpDeadLetterQueueUrl,
    },
  };
  return {
    store: dynamodbSessionStore(table),
    items: dynamodbSessionItems(table),
    commits: sqsSender({ client: sqs, queueUrl: outputs.CommitQueueUrl }),
    clock,
    random: Math.random,
    newId,
    deadLetters: (kind) => sqsDeadLetterQueue({ client: sqs, kind, newId, ...urls[kind] }),
  };
}
