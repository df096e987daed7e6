import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { ApiGateway } from './api-gateway.ts';
import { AutoCommit } from './auto-commit.ts';
import { bundledFunction } from './bundled-function.ts';
import { checkTimeouts, VISIBILITY_PER_TIMEOUT } from './check-timeouts.ts';
import { PipelineDashboard } from './dashboard.ts';
import { FifoQueue } from './fifo-queue.ts';
import { LimitParameters } from './limit-parameters.ts';
import { sessionTable } from './session-table.ts';
import { readSettings, type Settings } from './settings.ts';
import { SettingsError } from './settings-error.ts';
import { useLeaseStore } from './use-lease-store.ts';
import { useModel } from './use-model.ts';
import { useTracing } from './use-tracing.ts';

/** Shorter than what the gateway waits for an answer: 30 s. */
const API_TIMEOUT_MS = 29_000;
/** A commit is short: more of them share an invocation. A follow-up waits for a model: each has its own. */
const COMMIT_BATCH = 10;
const FOLLOW_UP_BATCH = 1;

const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const WRITE = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'];

/** The whole of Commitlane: API, queues, functions, table and limits. */
export class CommitlaneStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const settings = readSettings(this.node);
    const commitTimeoutMs = settings.commitTimeoutSeconds * 1000;
    const followUpTimeoutMs = settings.followUpTimeoutSeconds * 1000;
    const commitVisibilityMs = VISIBILITY_PER_TIMEOUT * commitTimeoutMs;
    const followUpVisibilityMs = VISIBILITY_PER_TIMEOUT * followUpTimeoutMs;
    const { maxReceiveCount } = settings;
    refuseContradictions(
      checkTimeouts({
        commitTimeoutMs,
        followUpTimeoutMs,
        commitVisibilityMs,
        followUpVisibilityMs,
        maxReceiveCount,
      }),
    );

    const table = sessionTable(this, { isProtected: settings.stage === 'prod' });
    const limits = new LimitParameters(this, 'Limits', settings);
    const commits = new FifoQueue(this, 'Commits', {
      visibilityTimeout: Duration.millis(commitVisibilityMs),
      maxReceiveCount,
    });
    const followUps = new FifoQueue(this, 'FollowUps', {
      visibilityTimeout: Duration.millis(followUpVisibilityMs),
      maxReceiveCount,
    });

    const environment = {
      STAGE: settings.stage,
      TABLE_NAME: table.tableName,
      LIMITS_PATH: limits.path,
      MAX_RECEIVE_COUNT: String(maxReceiveCount),
      COMMIT_FUNCTION_TIMEOUT_MS: String(commitTimeoutMs),
      FOLLOW_UP_FUNCTION_TIMEOUT_MS: String(followUpTimeoutMs),
    };
    const commitUrls = {
      COMMIT_QUEUE_URL: commits.queue.queueUrl,
      COMMIT_DLQ_URL: commits.deadLetterQueue.queueUrl,
    };
    const followUpUrls = {
      FOLLOW_UP_QUEUE_URL: followUps.queue.queueUrl,
      FOLLOW_UP_DLQ_URL: followUps.deadLetterQueue.queueUrl,
    };

    const api = bundledFunction(this, 'ApiFunction', {
      folder: 'api',
      description: 'Serves the HTTP API',
      timeoutMs: API_TIMEOUT_MS,
      memoryMb: 512,
      environment: { ...environment, COMMIT_QUEUE_URL: commits.queue.queueUrl },
    });
    const commit = bundledFunction(this, 'CommitFunction', {
      folder: 'commit',
      description: 'Moves live messages into archives',
      timeoutMs: commitTimeoutMs,
      memoryMb: 512,
      environment: { ...environment, ...commitUrls, FOLLOW_UP_QUEUE_URL: followUps.queue.queueUrl },
    });
    const followUp = bundledFunction(this, 'FollowUpFunction', {
      folder: 'follow-up',
      description: 'Summarises archives and extracts memories',
      timeoutMs: followUpTimeoutMs,
      memoryMb: 1024,
      environment: { ...environment, ...followUpUrls },
    });

    const { handler: autoCommit } = new AutoCommit(this, 'AutoCommit', { table, commits, environment });

    for (const handler of [api, commit, followUp, autoCommit]) {
      grantTable(table, handler);
      useTracing(handler, settings.tracingLayer);
    }
    for (const handler of [api, commit, followUp]) {
      grantLimits(this, limits, handler);
      // The API too: a deletion takes the session's lease.
      useLeaseStore(handler, settings.leaseStore);
    }
    useModel(followUp, settings.model);
    commits.queue.grantSendMessages(api);
    followUps.queue.grantSendMessages(commit);
    feed(commit, commits, COMMIT_BATCH, settings);
    feed(followUp, followUps, FOLLOW_UP_BATCH, settings);
    new ApiGateway(this, 'Gateway', { handler: api, settings });
    const { alarms } = new Alarms(this, 'Alarms', { settings, commits, followUps, autoCommit });
    new PipelineDashboard(this, 'Dashboard', { settings, commits, followUps, autoCommit, alarms });
    output(this, { table, limits, commits, followUps });
    outputSettings(this, { ...settings, commitTimeoutMs, followUpTimeoutMs });
  }
}

function refuseContradictions(problems: readonly string[]): void {
  if (problems.length > 0)
    throw new SettingsError(`The timeouts contradict one another:\n- ${problems.join('\n- ')}`);
}

/** The items alone: the table's own `grant` would let each function query its indexes, too. */
function grantTable({ tableArn }: TableV2, handler: IFunction): void {
  handler.addToRolePolicy(
    new PolicyStatement({ effect: Effect.ALLOW, actions: [...READ, ...WRITE], resources: [tableArn] }),
  );
}

function grantLimits(stack: Stack, { path }: LimitParameters, handler: IFunction): void {
  handler.addToRolePolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      actions: ['ssm:GetParametersByPath'],
      resources: [stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: path.slice(1) })],
    }),
  );
}

/** Feeds a function from a queue, and lets it dead-letter what no repetition can mend. */
function feed(
  handler: IFunction,
  { queue, deadLetterQueue }: FifoQueue,
  batchSize: number,
  settings: Settings,
) {
  handler.addEventSource(
    new SqsEventSource(queue, {
      batchSize,
      reportBatchItemFailures: true,
      maxConcurrency: settings.maxConcurrency,
    }),
  );
  deadLetterQueue.grantSendMessages(handler);
}

/** What the command line needs to find its way from the stack's name. */
function output(
  stack: Stack,
  parts: { table: TableV2; limits: LimitParameters; commits: FifoQueue; followUps: FifoQueue },
): void {
  const outputs = {
    TableName: parts.table.tableName,
    LimitsPath: parts.limits.path,
    CommitQueueUrl: parts.commits.queue.queueUrl,
    CommitDeadLetterQueueUrl: parts.commits.deadLetterQueue.queueUrl,
    FollowUpQueueUrl: parts.followUps.queue.queueUrl,
    FollowUpDeadLetterQueueUrl: parts.followUps.deadLetterQueue.queueUrl,
  };
  for (const [id, value] of Object.entries(outputs)) new CfnOutput(stack, id, { value });
}

/** What the command line needs to tell which limits this deployment can honour, where leases are, and which model to try. */
function outputSettings(
  stack: Stack,
  settings: Settings & { readonly commitTimeoutMs: number; readonly followUpTimeoutMs: number },
): void {
  const outputs = {
    CommitFunctionTimeoutMs: settings.commitTimeoutMs,
    FollowUpFunctionTimeoutMs: settings.followUpTimeoutMs,
    MaxReceiveCount: settings.maxReceiveCount,
    LeaseStore: settings.leaseStore.kind,
    Model: settings.model.name,
    ...(settings.model.url !== undefined && { ModelBaseUrl: settings.model.url }),
    ...(settings.model.keyParameter !== undefined && { ModelKeyParameter: settings.model.keyParameter }),
  };
  for (const [id, value] of Object.entries(outputs)) new CfnOutput(stack, id, { value: String(value) });
}
