import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { apiFunction } from './api-function.ts';
import { ApiGateway } from './api-gateway.ts';
import { AutoCommit } from './auto-commit.ts';
import { checkTimeouts, timeoutsOf } from './check-timeouts.ts';
import { commitConsumer } from './commit-consumer.ts';
import { CommitlaneBase, type ICommitlane } from './commitlane-base.ts';
import type { CommitlaneProps } from './commitlane-props.ts';
import { PipelineDashboard } from './dashboard.ts';
import { Events } from './events.ts';
import { exportName, type Place, places } from './export-name.ts';
import { followUpConsumer } from './follow-up-consumer.ts';
import type { Foundation } from './foundation.ts';
import { ImportedCommitlane } from './imported-commitlane.ts';
import { LimitParameters } from './limit-parameters.ts';
import type { QueueConsumer } from './queue-consumer.ts';
import { SessionTable } from './session-table.ts';
import { parseSettings, type Settings } from './settings.ts';
import { SettingsError } from './settings-error.ts';
import { useEmbedding } from './use-embedding.ts';
import { useExtraction } from './use-extraction.ts';
import { useLeaseStore } from './use-lease-store.ts';
import { useLimits } from './use-limits.ts';

/**
 * The whole of Commitlane in a stack of one's own: API, queues, functions, table and limits, as docs/architecture.md
 * draws them. A stack has one at most; the command line finds it by the stack's name.
 *
 * @example
 * const commitlane = new Commitlane(this, 'Commitlane', { stage: 'prod', auth: { issuer, audience } });
 * commitlane.grantEnqueue(worker);
 * worker.addEnvironment('COMMIT_QUEUE_URL', commitlane.commitQueue.queueUrl);
 *
 * @throws SettingsError when props are wrong, contradict one another, or the stack has a Commitlane already.
 */
export class Commitlane extends CommitlaneBase {
  readonly apiUrl: string;
  readonly table: ITableV2;
  readonly commitQueue: IQueue;
  readonly commitDeadLetterQueue: IQueue;
  readonly followUpQueue: IQueue;
  readonly followUpDeadLetterQueue: IQueue;
  readonly eventBus: IEventBus;
  protected readonly apiId: string;

  /**
   * The Commitlane of another stack of the same account and region. CloudFormation looks it up when it deploys, and does
   * not delete that one as long as this one is there.
   *
   * @param stackName such as `commitlane-prod`.
   */
  static fromStackName(scope: Construct, id: string, stackName: string): ICommitlane {
    return new ImportedCommitlane(scope, id, stackName);
  }

  constructor(scope: Construct, id: string, props: CommitlaneProps) {
    super(scope, id);
    refuseSecond(this);
    const { auth } = props;
    const settings = settingsOf(props);
    const { stage } = settings;
    const timeouts = timeoutsOf(settings);
    refuseContradictions(checkTimeouts(timeouts, settings.limits));

    const table = new SessionTable(this, 'Sessions', {
      isProtected: stage === 'prod',
      indexes: settings.indexes,
      ...(settings.embedding && { vectorDimensions: settings.embedding.dimensions }),
    });
    const limits = useLimits(settings, timeouts);
    new LimitParameters(this, 'Limits', limits);
    const leases = useLeaseStore(settings.leaseStore);
    const embedding = useEmbedding(settings.embedding);
    const extraction = useExtraction(settings.extraction);
    const foundation = { settings, timeouts, table, limits, leases, embedding, extraction };

    const followUps = followUpConsumer(this, foundation);
    const commits = commitConsumer(this, foundation, followUps);
    const autoCommit = new AutoCommit(this, 'AutoCommit', { foundation, commits }).handler;
    const handler = apiFunction(this, foundation, { commits, followUps });
    const events = new Events(this, 'Events', { foundation });
    const gateway = new ApiGateway(this, 'Gateway', { handler, settings, auth });

    const observed = { settings, commits, followUps, autoCommit, events };
    const { alarms } = new Alarms(this, 'Alarms', observed);
    new PipelineDashboard(this, 'Dashboard', { ...observed, alarms });

    this.apiUrl = gateway.url;
    this.apiId = gateway.apiId;
    // The CDK's own classes do not fit its interfaces under exactOptionalPropertyTypes.
    this.table = table as ITableV2;
    this.commitQueue = commits.queue;
    this.commitDeadLetterQueue = commits.deadLetterQueue;
    this.followUpQueue = followUps.queue;
    this.followUpDeadLetterQueue = followUps.deadLetterQueue;
    this.eventBus = events.bus as IEventBus;
    output(this, { ApiUrl: this.apiUrl, ...placesOf({ ...foundation, commits, followUps, events }) });
    output(this, settingsToldOf(foundation));
    output(this, {
      ApiFunctionName: handler.functionName,
      CommitFunctionName: commits.handler.functionName,
      FollowUpFunctionName: followUps.handler.functionName,
    });
  }
}

/** Of two, the names of the outputs would be the same. */
function refuseSecond(one: Commitlane): void {
  const all = Stack.of(one)
    .node.findAll()
    .filter((construct) => construct instanceof Commitlane);
  if (all.length > 1)
    throw new SettingsError(
      `The stack ${Stack.of(one).stackName} has a Commitlane already: put the other one, with a stage of its own, into another stack.`,
    );
}

function settingsOf({ auth, corsOrigins, limits = {}, ...props }: CommitlaneProps): Settings {
  const given = {
    ...props,
    // A property may be there and undefined.
    limits: Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)),
    auth: auth === 'iam' ? auth : 'jwt',
    ...(corsOrigins && { corsOrigins: corsOrigins.join(',') }),
  };
  return parseSettings(given, { where: 'What the construct Commitlane is given', prefix: '' });
}

function refuseContradictions(problems: readonly string[]): void {
  if (problems.length > 0)
    throw new SettingsError(`The timeouts contradict one another:\n- ${problems.join('\n- ')}`);
}

/** What the command line needs to find its way from the stack's name. */
function placesOf(
  parts: Foundation & {
    readonly commits: QueueConsumer;
    readonly followUps: QueueConsumer;
    readonly events: Events;
  },
): Omit<Record<Place, string>, 'ApiUrl'> {
  const { table, limits, commits, followUps, events } = parts;
  return {
    TableName: table.tableName,
    LimitsPath: limits.path,
    CommitQueueUrl: commits.urls.queueUrl,
    CommitDeadLetterQueueUrl: commits.urls.deadLetterQueueUrl,
    FollowUpQueueUrl: followUps.urls.queueUrl,
    FollowUpDeadLetterQueueUrl: followUps.urls.deadLetterQueueUrl,
    EventBusName: events.bus.eventBusName,
  };
}

/** What the command line needs to tell which limits this deployment can honour, where leases are, which models to try, and what is extracted. */
function settingsToldOf({ settings, timeouts }: Foundation): Readonly<Record<string, string>> {
  const { leaseStore, model, embedding, extraction } = settings;
  return {
    ...(Object.keys(settings.limits).length > 0 && { LimitsAtDeployment: JSON.stringify(settings.limits) }),
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
  };
}

/**
 * In a stack of somebody else, an output has a prefix, so that it is known to be of Commitlane, and can be beside one that
 * they call `ApiUrl`, too.
 */
function output(commitlane: Commitlane, values: Readonly<Record<string, string>>): void {
  const { stackName } = Stack.of(commitlane);
  for (const [name, value] of Object.entries(values)) {
    const place = places.find((one) => one === name);
    const one = new CfnOutput(commitlane, name, {
      value,
      ...(place && { exportName: exportName(stackName, place) }),
      ...(place === 'ApiUrl' && { description: 'Where frontends find the HTTP API' }),
    });
    if (commitlane.node.id !== 'Default') one.overrideLogicalId(`Commitlane${name}`);
  }
}
