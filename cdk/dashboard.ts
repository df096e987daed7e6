import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  PeriodOverride,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { AutoCommitReason } from '../lib/auto-commit/index.ts';
import type { MetricName } from '../lib/telemetry/index.ts';
import type { Events } from './events.ts';
import { pipelineMetric } from './pipeline-metric.ts';
import type { QueueConsumer } from './queue-consumer.ts';
import type { Settings } from './settings.ts';

/** A dashboard is 24 wide. */
const WIDTH = 24;
const HEIGHT = 6;
const MODEL_STEPS = ['summary', 'extraction'] as const;
const STEPS = [...MODEL_STEPS, 'merge'] as const;
const AUTO_COMMIT_CAUSES: readonly AutoCommitReason[] = ['message-count', 'pending-tokens', 'idle'];

export interface DashboardProps {
  readonly settings: Pick<Settings, 'stage'>;
  readonly commits: QueueConsumer;
  readonly followUps: QueueConsumer;
  readonly autoCommit: IFunction;
  readonly events: Pick<Events, 'handler' | 'deadLetterQueue'>;
  readonly alarms: readonly Alarm[];
}

/** One row per concern: alarms, commits, what is committed by policy, leases, follow-ups, models, memories, queues, events, and what went wrong. */
export class PipelineDashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { stage } = props.settings;
    new Dashboard(this, 'Dashboard', {
      dashboardName: `commitlane-${stage}`,
      periodOverride: PeriodOverride.AUTO,
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', alarms: [...props.alarms], width: WIDTH, height: 3 })],
        commitRow(stage),
        autoCommitRow(props),
        leaseRow(stage),
        followUpRow(stage),
        modelRow(stage),
        queueRow(props),
        eventRow(props),
        troubleRow(stage),
      ],
    });
  }
}

function commitRow(stage: string): IWidget[] {
  return row(
    graph('Commits', sums(stage, 'CommitsArchived', 'CommitsEmpty', 'CommitsSkipped', 'CommitsRecovered')),
    graph('Commit duration', percentiles(stage, 'CommitDuration')),
    graph('Archived', sums(stage, 'ArchivedRecords'), sums(stage, 'ArchivedBytes')),
  );
}

function autoCommitRow({ settings: { stage }, autoCommit }: DashboardProps): IWidget[] {
  const requested = AUTO_COMMIT_CAUSES.map((cause) =>
    pipelineMetric('AutoCommitRequested', { stage, cause }),
  );
  return row(
    graph('Auto-commit: commits requested', requested),
    graph('Auto-commit: longest wait of a due check', [
      pipelineMetric('AutoCommitLag', { stage, statistic: 'Maximum' }),
    ]),
    graph('Auto-commit: failures', [
      ...sums(stage, 'AutoCommitFailed'),
      autoCommit.metricErrors({ label: 'failed runs' }),
    ]),
  );
}

function leaseRow(stage: string): IWidget[] {
  const lost = ['taken-over', 'not-renewed'].map((cause) => pipelineMetric('LeaseLost', { stage, cause }));
  return row(
    graph('Leases', sums(stage, 'LeaseAcquired', 'LeaseAttempts', 'LeaseBusy', 'LeaseExhausted')),
    graph('Lease wait and hold time', [
      ...percentiles(stage, 'LeaseWait'),
      ...percentiles(stage, 'LeaseHoldTime'),
    ]),
    graph('Leases lost', [
      ...lost,
      ...sums(stage, 'LeaseTakeOvers', 'FenceRejections', 'LeaseStoreFailures'),
    ]),
  );
}

function followUpRow(stage: string): IWidget[] {
  const byStep = STEPS.map((step) =>
    pipelineMetric('FollowUpStepDuration', { stage, step, statistic: 'p95' }),
  );
  return row(
    graph('Follow-up duration', percentiles(stage, 'FollowUpDuration')),
    graph('Duration of steps, p95', byStep),
    graph('Memories', [
      ...sums(stage, 'MemoriesWritten', 'MemoriesRejected', 'CommitsWithoutMemory'),
      ...MODEL_STEPS.map((step) => pipelineMetric('RedactedSecrets', { stage, step })),
      ...sums(stage, 'EmbeddingsLeftOut', 'SearchesByWordsAlone'),
    ]),
  );
}

function modelRow(stage: string): IWidget[] {
  const ofSteps = (...names: readonly ('FollowUpTimeouts' | 'FollowUpFallbacks' | 'FollowUpModelCalls')[]) =>
    names.flatMap((name) => MODEL_STEPS.map((step) => pipelineMetric(name, { stage, step })));
  const tokens = (['ModelInputTokens', 'ModelOutputTokens'] as const).flatMap((name) =>
    MODEL_STEPS.map((step) => pipelineMetric(name, { stage, step })),
  );
  return row(
    graph('Requests to the model', ofSteps('FollowUpModelCalls')),
    graph('Timeouts and fallbacks', ofSteps('FollowUpTimeouts', 'FollowUpFallbacks')),
    graph('Tokens', tokens),
  );
}

function queueRow({ commits, followUps }: DashboardProps): IWidget[] {
  const both = (metric: (queues: QueueConsumer) => IMetric) => [metric(commits), metric(followUps)];
  return row(
    graph(
      'Waiting messages',
      both(({ queue }) => queue.metricApproximateNumberOfMessagesVisible()),
    ),
    graph(
      'Age of the oldest message',
      both(({ queue }) => queue.metricApproximateAgeOfOldestMessage()),
    ),
    graph(
      'Dead letters',
      both(({ deadLetterQueue }) => deadLetterQueue.metricApproximateNumberOfMessagesVisible()),
    ),
  );
}

function eventRow({ settings: { stage }, events: { handler, deadLetterQueue } }: DashboardProps): IWidget[] {
  return row(
    graph('Events', sums(stage, 'EventsPublished')),
    graph('Age of events', [
      pipelineMetric('EventsLag', { stage, statistic: 'Maximum' }),
      handler.metric('IteratorAge', { statistic: 'Maximum', label: 'age of the stream' }),
    ]),
    graph('Events: failures', [
      ...sums(stage, 'EventsFailed', 'EventsSkipped'),
      handler.metricErrors({ label: 'failed runs' }),
      deadLetterQueue.metricApproximateNumberOfMessagesVisible({ label: 'dead letters' }),
    ]),
  );
}

function troubleRow(stage: string): IWidget[] {
  return row(
    graph('Failed deliveries', sums(stage, 'GivenBack', 'DeadLettered', 'Replayed')),
    graph('Limits', sums(stage, 'ConfigRejected', 'ConfigUnavailable')),
    graph('Failed requests', sums(stage, 'ApiFailures')),
  );
}

function row(...widgets: readonly ((width: number) => IWidget)[]): IWidget[] {
  return widgets.map((widget) => widget(WIDTH / widgets.length));
}

function graph(title: string, left: readonly IMetric[], right: readonly IMetric[] = []) {
  return (width: number) =>
    new GraphWidget({ title, left: [...left], right: [...right], width, height: HEIGHT });
}

function sums(stage: string, ...names: readonly MetricName[]): IMetric[] {
  return names.map((name) => pipelineMetric(name, { stage }));
}

function percentiles(stage: string, name: MetricName): IMetric[] {
  return ['p50', 'p95'].map((statistic) =>
    pipelineMetric(name, { stage, statistic }).with({ label: `${name} ${statistic}` }),
  );
}
