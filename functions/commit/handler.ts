import { handleCommit } from '../../lib/commit/index.ts';

import {
  leaseFromEnvironment,
  limitsFromEnvironment,
  makeRuntime,
  queueFunction,
  readEnvironment,
  sqsClient,
  ssmClient,
  tableFromEnvironment,
} from '../../lib/lambda/index.ts';
import { type FollowUpMessage, sqsDeliveryControl, sqsSender } from '../../lib/queue/index.ts';
import { dynamodbSessionStore } from '../../lib/store/index.ts';
import { commitEnvironment } from './environment.ts';

const environment = readEnvironment(commitEnvironment, process.env);
const { COMMIT_QUEUE_URL, COMMIT_DLQ_URL, FOLLOW_UP_QUEUE_URL, MAX_RECEIVE_COUNT } = environment;
const runtime = makeRuntime('commit', environment);
const table = tableFromEnvironment(environment);
const sqs = sqsClient(environment);
const ssm = ssmClient(environment);
const parts = {
  ...runtime,
  store: dynamodbSessionStore(table),
  lease: leaseFromEnvironment(environment, { ...runtime, dynamodb: table.client, ssm }),
  followUps: runtime.telemetry.traced(
    sqsSender<FollowUpMessage>({ client: sqs, queueUrl: FOLLOW_UP_QUEUE_URL }),
  ),
};

/** Commits sessions, as the commit queue asks for them. */
export const handler = queueFunction({
  ...runtime,
  control: sqsDeliveryControl({
    client: sqs,
    queueUrl: COMMIT_QUEUE_URL,
    deadLetterQueueUrl: COMMIT_DLQ_URL,
  }),
  maxReceiveCount: MAX_RECEIVE_COUNT,
  limits: limitsFromEnvironment(environment, { ...runtime, ssm, variables: process.env }),
  handle: (delivery, limits, bounds) => handleCommit({ ...parts, limits }, delivery, bounds),
});
