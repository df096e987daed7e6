import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../../lib/clock/index.ts';
import {
  type DeadLetterKind,
  type DeadLetterQueue,
  sqsDeadLetterQueue,
} from '../../lib/dead-letters/index.ts';
import type { Embedding } from '../../lib/embedding/index.ts';
import type { MemoryStore } from '../../lib/memory/index.ts';
import { type CommitMessage, type FollowUpMessage, type Sender, sqsSender } from '../../lib/queue/index.ts';
import { dynamodbMemoryStore, dynamodbSessionStore, type SessionStore } from '../../lib/store/index.ts';
import {
  dynamodbMemoryItems,
  dynamodbSessionItems,
  type MemoryItems,
  type SessionItems,
} from '../../lib/verify/index.ts';
import { embeddingOf } from './embedding-of.ts';
import type { Outputs } from './outputs.ts';

/** The stack that an operation works on: its parts, and the ports of the domain on them. */
export interface Target extends Disposable, StackFacts, Surroundings {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
  readonly store: SessionStore;
  readonly items: SessionItems;
  readonly memories: MemoryStore;
  readonly memoryItems: MemoryItems;
  /** What the stack finds by meaning with; absent where it finds by words alone. */
  readonly embedding?: Embedding;
  readonly commits: Sender<CommitMessage>;
  readonly followUps: Sender<FollowUpMessage>;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Where the messages of a queue are, and those that it gave up. */
  queueUrls(kind: DeadLetterKind): QueueUrls;
  deadLetters(kind: DeadLetterKind): DeadLetterQueue;
}

/** Which stack it is. */
export interface StackFacts {
  readonly stackName: string;
  readonly isLocal: boolean;
  readonly outputs: Outputs;
  /** Whose sessions are meant where no tenant is named; only the local stack has one. */
  readonly tenant?: string;
  /** Who works on it: an ARN, or on the local stack the user of this machine. */
  operator(): Promise<string>;
  /** The limits that environments of functions set, by variable. */
  limitVariables(signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
}

/** What an operation takes of the program that it runs in. */
export interface Surroundings {
  readonly clock: Clock;
  /** Unique at every call, and sortable by time. */
  readonly newId: () => string;
}

interface QueueUrls {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

/** The way to the parts of a stack; the target ends them with itself. */
interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
}

export function makeTarget(
  facts: StackFacts,
  { dynamodb, sqs, ssm }: Clients,
  { clock, newId }: Surroundings,
): Target {
  const { outputs } = facts;
  const client = DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } });
  const table = { client, tableName: outputs.TableName };
  const embedding = embeddingOf(outputs, { ssm, clock, table });
  const urls: Readonly<Record<DeadLetterKind, QueueUrls>> = {
    commits: { queueUrl: outputs.CommitQueueUrl, deadLetterQueueUrl: outputs.CommitDeadLetterQueueUrl },
    'follow-ups': {
      queueUrl: outputs.FollowUpQueueUrl,
      deadLetterQueueUrl: outputs.FollowUpDeadLetterQueueUrl,
    },
  };
  return {
    ...facts,
    dynamodb: client,
    sqs,
    ssm,
    store: dynamodbSessionStore(table),
    items: dynamodbSessionItems(table),
    memories: dynamodbMemoryStore(table),
    memoryItems: dynamodbMemoryItems(table),
    ...(embedding && { embedding }),
    commits: sqsSender({ client: sqs, queueUrl: outputs.CommitQueueUrl }),
    followUps: sqsSender({ client: sqs, queueUrl: outputs.FollowUpQueueUrl }),
    clock,
    random: Math.random,
    newId,
    queueUrls: (kind) => urls[kind],
    deadLetters: (kind) => sqsDeadLetterQueue({ client: sqs, kind, newId, ...urls[kind] }),
    [Symbol.dispose]() {
      for (const one of [dynamodb, sqs, ssm]) one.destroy();
    },
  };
}
