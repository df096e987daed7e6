import { handleFollowUp } from '../../lib/follow-up/index.ts';
import {
  embeddingFromEnvironment,
  extractionFromEnvironment,
  leaseFromEnvironment,
  limitsFromEnvironment,
  makeRuntime,
  modelFromEnvironment,
  queueFunction,
  readEnvironment,
  sqsClient,
  ssmClient,
  tableFromEnvironment,
} from '../../lib/lambda/index.ts';
import { offlineModel } from '../../lib/model/index.ts';
import { sqsDeliveryControl } from '../../lib/queue/index.ts';
import { dynamodbMemoryStore, dynamodbSessionStore } from '../../lib/store/index.ts';
import { followUpEnvironment } from './environment.ts';

const environment = readEnvironment(followUpEnvironment, process.env);
const { FOLLOW_UP_QUEUE_URL, FOLLOW_UP_DLQ_URL, MAX_RECEIVE_COUNT, REDACT } = environment;
const runtime = makeRuntime('follow-up', environment);
const table = tableFromEnvironment(environment);
const ssm = ssmClient(environment);
const embedding = embeddingFromEnvironment(environment, { ...runtime, ssm, table });
const parts = {
  ...runtime,
  store: dynamodbSessionStore(table),
  memories: dynamodbMemoryStore(table),
  extraction: extractionFromEnvironment(environment),
  ...(embedding && { embedding }),
  lease: leaseFromEnvironment(environment, { ...runtime, dynamodb: table.client, ssm }),
  model: modelFromEnvironment(environment, { ...runtime, ssm }),
  fallback: offlineModel(),
  redact: REDACT,
};

/** Summarises archives and extracts their memories, as the follow-up queue asks for them. */
export const handler = queueFunction({
  ...runtime,
  control: sqsDeliveryControl({
    client: sqsClient(environment),
    queueUrl: FOLLOW_UP_QUEUE_URL,
    deadLetterQueueUrl: FOLLOW_UP_DLQ_URL,
  }),
  maxReceiveCount: MAX_RECEIVE_COUNT,
  limits: limitsFromEnvironment(environment, { ...runtime, ssm, variables: process.env }),
  handle: (delivery, limits, bounds) => handleFollowUp({ ...parts, limits }, delivery, bounds),
});
