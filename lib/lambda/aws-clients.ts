import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

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
const POWERTOOLS_MARK = /\/?PT\/NO-OP\/[\s\S]*/;

/**
 * The clients of the AWS services that the functions use, with bounded requests. Region, credentials and endpoints
 * come from the environment, as the SDK reads them.
 *
 * @param appId `AWS_SDK_UA_APP_ID`: the name that requests give in their user agent.
 */
export function awsClients(appId = '') {
  const ownAppId = appId.replace(POWERTOOLS_MARK, '') || undefined;
  const options = { ...bounded, userAgentAppId: async () => ownAppId };
  return {
    dynamodb: DynamoDBDocumentClient.from(new DynamoDBClient(options), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    sqs: new SQSClient(options),
    ssm: new SSMClient(options),
  };
}
