import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { apiFunction } from './api-function.ts';
import { ApiGateway } from './api-gateway.ts';
import { AutoCommit } from './auto-commit.ts';
import { checkTimeouts, timeoutsOf } from './check-timeouts.ts';
import { commitConsumer } from './commit-consumer.ts';
import { PipelineDashboard } from './dashboard.ts';
import { followUpConsumer } from './follow-up-consumer.ts';
import type { Foundation } from './foundation.ts';
import { LimitParameters } from './limit-parameters.ts';
import type { QueueConsumer } from './queue-consumer.ts';
import { SessionTable } from './session-table.ts';
import { readSettings } from './settings.ts';
import { SettingsError } from './settings-error.ts';
import { useEmbedding } from './use-embedding.ts';
import { useExtraction } from './use-extraction.ts';
import { useLeaseStore } from './use-lease-store.ts';

/** The whole of Commitlane: API, queues, functions, table and limits, as docs/architecture.md draws them. */
export class CommitlaneStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const settings = readSettings(this.node);
    const { stage } = settings;
    const timeouts = timeoutsOf(settings);
    refuseContradictions(checkTimeouts(timeouts));

    const table = new SessionTable(this, 'Sessions', {
      isProtected: stage === 'prod',
      indexes: settings.indexes,
      ...(settings.embedding && { vectorDimensions: settings.embedding.dimensions }),
    });
    const limits = new LimitParameters(this, 'Limits', { stage, timeouts });
    const leases = useLeaseStore(settings.leaseStore);
    const embedding = useEmbedding(settings.embedding);
    const extraction = useExtraction(settings.extraction);
    const foundation = { settings, timeouts, table, limits, leases, embedding, extraction };

    const followUps = followUpConsumer(this, foundation);
    const commits = commitConsumer(this, foundation, followUps);
    const autoCommit = new AutoCommit(this, 'AutoCommit', { foundation, commits }).handler;
    const api = apiFunction(this, foundation, { commits, followUps });
    new ApiGateway(this, 'Gateway', { handler: api, settings });

    const observed = { settings, commits, followUps, autoCommit };
    const { alarms } = new Alarms(this, 'Alarms', observed);
    new PipelineDashboard(this, 'Dashboard', { ...observed, alarms });
    outputPlaces(this, { ...foundation, commits, followUps });
    outputSettings(this, foundation);
  }
}

function refuseContradictions(problems: readonly string[]): void {
  if (problems.length > 0)
    throw new SettingsError(`The timeouts contradict one another:\n- ${problems.join('\n- ')}`);
}

/** What the command line needs to find its way from the stack's name. */
function outputPlaces(
  stack: Stack,
  parts: Foundation & { readonly commits: QueueConsumer; readonly followUps: QueueConsumer },
): void {
  const { table, limits, commits, followUps } = parts;
  output(stack, {
    TableName: table.tableName,
    LimitsPath: limits.path,
    CommitQueueUrl: commits.urls.queueUrl,
    CommitDeadLetterQueueUrl: commits.urls.deadLetterQueueUrl,
    FollowUpQueueUrl: followUps.urls.queueUrl,
    FollowUpDeadLetterQueueUrl: followUps.urls.deadLetterQueueUrl,
  });
}

/** What the command line needs to tell which limits this deployment can honour, where leases are, which models to try, and what is extracted. */
function outputSettings(stack: Stack, { settings, timeouts }: Foundation): void {
  const { leaseStore, model, embedding, extraction } = settings;
  output(stack, {
    CommitFunctionTimeoutMs: String(timeouts.commitTimeoutMs),
    FollowUpFunctionTimeoutMs: String(timeouts.followUpTimeoutMs),
    MaxReceiveCount: String(timeouts.maxReceiveCount),
    LeaseStore: leaseStore.kind,
    Model: model.name,
    ...(model.url !== undefined && { ModelBaseUrl: model.url }),
    ...(model.keyParameter !== undefined && { ModelKeyParameter: model.keyParameter }),
    ...(embedding && {
      EmbeddingModel: embedding.name,
      EmbeddingDimensions: String(embedding.dimensions),
      ...(embedding.url !== undefined && { EmbeddingUrl: embedding.url }),
      ...(embedding.keyParameter !== undefined && { EmbeddingKeyParameter: embedding.keyParameter }),
      Redact: settings.redact,
    }),
    ...(extraction && { ExtractionVersion: extraction.version }),
  });
}

function output(stack: Stack, values: Readonly<Record<string, string>>): void {
  for (const [id, value] of Object.entries(values)) new CfnOutput(stack, id, { value });
}
