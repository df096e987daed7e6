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

/**
 * The clients of the AWS services that the functions use, with bounded requests. Region, credentials and endpoints
 * come from the environment, as the SDK reads them.
 */
export function awsClients() {
  return {
    dynamodb: DynamoDBDocumentClient.from(new DynamoDBClient(bounded), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    sqs: new SQSClient(bounded),
    ssm: new SSMClient(bounded),
  };
}
