import { userInfo } from 'node:os';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { localAws } from '../../local/aws/index.ts';
import { boundedRequests } from './bounded-requests.ts';
import { findLocalStack } from './find-local-stack.ts';
import { parseOutputs } from './outputs.ts';
import { makeTarget, type Surroundings, type Target } from './target.ts';

/**
 * The stack that `npm start` runs on this machine.
 *
 * @param options.note is told which one it is where several run.
 * @throws NoLocalStackError, StackError
 */
export async function localTarget(
  { discoveryFile, note }: { readonly discoveryFile: string; readonly note: (text: string) => void },
  surroundings: Surroundings,
): Promise<Target> {
  const { stackName, outputs, endpoints, caller, limitVariables } = await findLocalStack(discoveryFile, note);
  const { region, credentials } = localAws;
  const common = { region, credentials, ...boundedRequests };
  const clients = {
    dynamodb: new DynamoDBClient({ ...common, endpoint: endpoints.AWS_ENDPOINT_URL_DYNAMODB }),
    sqs: new SQSClient({ ...common, endpoint: endpoints.AWS_ENDPOINT_URL_SQS }),
    ssm: new SSMClient({ ...common, endpoint: endpoints.AWS_ENDPOINT_URL_SSM }),
  };
  const facts = {
    stackName,
    isLocal: true,
    outputs: parseOutputs(stackName, outputs),
    tenant: caller.tenant,
    operator: async () => `local user ${userInfo().username}`,
    limitVariables: async () => limitVariables,
  };
  return makeTarget(facts, clients, surroundings);
}
