import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';

/**
 * No request waits longer than attempts × (connection + request), plus the client's short back-off between them.
 * `requestTimeout` ends with the answer's headers; an answer whose body stalls is ended by `socketTimeout`.
 */
const bounded = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 3_000,
    socketTimeout: 3_000,
    throwOnRequestTimeout: true,
  },
};

/** What Powertools appends to the variable when it is loaded; with a name before it, the SDK finds it too long. */
const POWERTOOLS_MARK = /\/?PT\/NO-OP\/.*/s;

/** The environment variable that names the application in the user agent of its requests. */
export const clientEnvironment = { AWS_SDK_UA_APP_ID: z.string().optional() };

type ClientEnvironment = z.output<z.ZodObject<typeof clientEnvironment>>;

/**
 * Clients of the AWS services that functions use, with bounded requests: a function makes those that it needs. Region,
 * credentials and endpoints come from the environment, as the SDK reads them.
 */
export function dynamodbClient(environment: ClientEnvironment): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient(optionsOf(environment)), {
    marshallOptions: { removeUndefinedValues: true },
  });
}

export function sqsClient(environment: ClientEnvironment): SQSClient {
  return new SQSClient(optionsOf(environment));
}

export function eventbridgeClient(environment: ClientEnvironment): EventBridgeClient {
  return new EventBridgeClient(optionsOf(environment));
}

export function ssmClient(environment: ClientEnvironment): SSMClient {
  return new SSMClient(optionsOf(environment));
}

function optionsOf({ AWS_SDK_UA_APP_ID: appId = '' }: ClientEnvironment) {
  const ownAppId = appId.replace(POWERTOOLS_MARK, '') || undefined;
  return { ...bounded, userAgentAppId: async () => ownAppId };
}
