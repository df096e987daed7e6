import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Outputs } from './outputs.ts';

/** The stack that a command works on. */
export interface Target extends Disposable {
  readonly stackName: string;
  readonly isLocal: boolean;
  readonly outputs: Outputs;
  /** Whose sessions are meant where no tenant is named; only the local stack has one. */
  readonly tenant?: string;
  readonly dynamodb: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
  /** Who works on it: an ARN, or on the local stack the user of this machine. */
  operator(): Promise<string>;
}
