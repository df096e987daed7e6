import { userInfo } from 'node:os';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { localAws } from '../../local/aws/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { boundedRequests } from './bounded-requests.ts';
import { findLocalStack } from './find-local-stack.ts';
import { parseOutputs } from './outputs.ts';
import type { Target } from './target.ts';

/** The stack that `npm start` runs on this machine. @throws NoLocalStackError, StackError */
export async function localTarget(cli: Pick<CliEnvironment, 'discoveryFile' | 'stderr'>): Promise<Target> {
  const { stackName, outputs, endpoints, caller } = await findLocalStack(cli);
  const { region, credentials } = localAws;
  const common = { region, credentials, ...boundedRequests };
  const dynamodb = new DynamoDBClient({ ...common, endpoint: endpoints.AWS_ENDPOINT_URL_DYNAMODB });
  const sqs = new SQSClient({ ...common, endpoint: endpoints.AWS_ENDPOINT_URL_SQS });
  const ssm = new SSMClient({ ...common, endpoint: endpoints.AWS_ENDPOINT_URL_SSM });
  return {
    stackName,
    isLocal: true,
    outputs: parseOutputs(stackName, outputs),
    tenant: caller.tenant,
    dynamodb: DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } }),
    sqs,
    ssm,
    operator: async () => `local user ${userInfo().username}`,
    [Symbol.dispose]() {
      for (const client of [dynamodb, sqs, ssm]) client.destroy();
    },
  };
}
