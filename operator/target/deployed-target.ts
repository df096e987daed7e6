import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { limitVariablesIn } from '../../lib/limits/index.ts';
import { boundedRequests } from './bounded-requests.ts';
import { type Outputs, parseOutputs, StackError } from './outputs.ts';
import { makeTarget, type Surroundings, type Target } from './target.ts';

/**
 * A stack that is deployed, found by its name. Region and credentials come from the environment, as the SDK reads them,
 * unless they are given.
 *
 * @throws StackError; what the SDK throws when it has no credentials, or they may not look at the stack.
 */
export async function deployedTarget(
  stackName: string,
  { region, profile }: { readonly region?: string | undefined; readonly profile?: string | undefined },
  surroundings: Surroundings,
): Promise<Target> {
  const common = {
    ...boundedRequests,
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
  };
  const outputs = parseOutputs(stackName, await readOutputs(stackName, common));
  const clients = {
    dynamodb: new DynamoDBClient(common),
    sqs: new SQSClient(common),
    ssm: new SSMClient(common),
  };
  const facts = {
    stackName,
    isLocal: false,
    outputs,
    operator: () => callerOf(common),
    limitVariables: (signal: AbortSignal) => limitVariablesOf(outputs, common, signal),
  };
  return makeTarget(facts, clients, surroundings);
}

type ClientOptions = typeof boundedRequests & { readonly region?: string; readonly profile?: string };

async function limitVariablesOf(
  { ApiFunctionName, CommitFunctionName, FollowUpFunctionName }: Outputs,
  common: ClientOptions,
  abortSignal: AbortSignal,
): Promise<Record<string, string>> {
  const lambda = new LambdaClient(common);
  const names = [ApiFunctionName, CommitFunctionName, FollowUpFunctionName].filter(
    (name) => name !== undefined,
  );
  try {
    const answers = await Promise.all(
      names.map((FunctionName) =>
        lambda.send(new GetFunctionConfigurationCommand({ FunctionName }), { abortSignal }),
      ),
    );
    return limitVariablesIn(Object.assign({}, ...answers.map(({ Environment }) => Environment?.Variables)));
  } finally {
    lambda.destroy();
  }
}

async function callerOf(common: ClientOptions): Promise<string> {
  const sts = new STSClient(common);
  try {
    const { Arn = 'an unnamed caller' } = await sts.send(new GetCallerIdentityCommand({}));
    return Arn;
  } finally {
    sts.destroy();
  }
}

async function readOutputs(stackName: string, common: ClientOptions): Promise<Record<string, string>> {
  const client = new CloudFormationClient(common);
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    const [{ Outputs = [] } = {}] = Stacks;
    return Object.fromEntries(
      Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    );
  } catch (error) {
    const isUnknown = error instanceof Error && /does not exist/.test(error.message);
    if (!isUnknown) throw error;
    throw new StackError(
      `There is no stack ${stackName} in this account and region. Name another with --stack (commitlane-<stage>), ` +
        'or look at --region and --profile.',
      { cause: error },
    );
  } finally {
    client.destroy();
  }
}
