import { randomBytes, randomUUID } from 'node:crypto';
import { trace as traces } from '@opentelemetry/api';
import { ulid } from 'ulid';
import { z } from 'zod';
import { systemClock } from '../clock/index.ts';
import type { LeaseContext } from '../lease/index.ts';
import { type Deployment, limitsSource, MARGIN_MS } from '../limits/index.ts';
import { dynamodbMemoryStore } from '../memory/index.ts';
import { dynamodbSessionStore } from '../store/index.ts';
import { makeTelemetry } from '../telemetry/index.ts';
import { awsClients } from './aws-clients.ts';
import { leaseStoreEnvironment, leaseStoreFrom } from './lease-store-from.ts';

/** The environment variables that every function needs. */
export const workerEnvironment = {
  STAGE: z.string().min(1),
  TABLE_NAME: z.string().min(1),
  LIMITS_PATH: z.string().startsWith('/'),
  MAX_RECEIVE_COUNT: z.coerce.number().int().min(1),
  COMMIT_FUNCTION_TIMEOUT_MS: z.coerce.number().int().min(1),
  FOLLOW_UP_FUNCTION_TIMEOUT_MS: z.coerce.number().int().min(1),
  AWS_SDK_UA_APP_ID: z.string().optional(),
  ...leaseStoreEnvironment,
};

type WorkerEnvironment = z.output<z.ZodObject<typeof workerEnvironment>>;

/** What every function is made of: clients, stores, leases, limits and telemetry. Made once, when the function starts. */
export function makeWorker(environment: WorkerEnvironment, functionName: string) {
  const { dynamodb, sqs, ssm } = awsClients(environment.AWS_SDK_UA_APP_ID);
  const table = { client: dynamodb, tableName: environment.TABLE_NAME };
  const telemetry = makeTelemetry({
    functionName,
    stage: environment.STAGE,
    tracer: traces.getTracer('commitlane'),
    traceIds: {
      newTraceId: () => randomBytes(16).toString('hex'),
      newSpanId: () => randomBytes(8).toString('hex'),
    },
  });
  const { onEvent, trace } = telemetry;
  const deployment: Deployment = {
    commitFunctionTimeoutMs: environment.COMMIT_FUNCTION_TIMEOUT_MS,
    followUpFunctionTimeoutMs: environment.FOLLOW_UP_FUNCTION_TIMEOUT_MS,
    marginMs: MARGIN_MS,
    maxReceiveCount: environment.MAX_RECEIVE_COUNT,
  };
  const lease: LeaseContext = {
    leases: leaseStoreFrom(environment, { dynamodb, ssm, clock: systemClock }),
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    onEvent,
  };
  return {
    sqs,
    ssm,
    store: dynamodbSessionStore(table),
    memories: dynamodbMemoryStore(table),
    lease,
    clock: systemClock,
    random: Math.random,
    newId: () => ulid().toLowerCase(),
    limits: limitsSource({
      ssm,
      path: environment.LIMITS_PATH,
      deployment,
      clock: systemClock,
      random: Math.random,
      onEvent,
    }),
    /** Names this execution environment to others that find a lease busy. */
    owner: `${functionName}/${randomUUID().slice(0, 8)}`,
    telemetry,
    onEvent,
    trace,
  };
}
