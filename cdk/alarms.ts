import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { type PipelineMetricOptions, pipelineMetric } from './pipeline-metric.ts';
import type { QueueConsumer } from './queue-consumer.ts';
import type { Settings } from './settings.ts';

/** A message that is older has been given back several times, or waits behind one that was. */
const COMMIT_AGE = Duration.minutes(10);
const FOLLOW_UP_AGE = Duration.minutes(30);
/** Of leases that were asked for, and of questions to the model. */
const EXHAUSTED_PERCENT = 5;
const TIMEOUT_PERCENT = 10;
/** A rate of fewer says nothing. */
const MIN_LEASES = 20;
const MIN_MODEL_CALLS = 5;
/** Fewer come of a short disturbance: what is due is looked at a few minutes later. */
const AUTO_COMMIT_FAILURES = 2;

export interface AlarmsProps {
  readonly settings: Pick<Settings, 'stage' | 'alarmEmail' | 'runbookUrl'>;
  readonly commits: QueueConsumer;
  readonly followUps: QueueConsumer;
  readonly autoCommit: IFunction;
}

interface AlarmDefinition {
  /** Names the alarm, and its entry in the runbook. */
  readonly id: string;
  /** What has happened, in one sentence. */
  readonly meaning: string;
  readonly metric: IMetric;
  /** It rings when the metric is above. */
  readonly threshold: number;
}

/** Every alarm: its description says what has happened and where the runbook says what to do. */
export class Alarms extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { stage, alarmEmail, runbookUrl } = props.settings;
    const definitions = [
      ...queueAlarms(props),
      ...rateAlarms({ stage }),
      ...countAlarms({ stage }),
      autoCommitAlarm(props),
    ];
    this.alarms = definitions.map(
      ({ id, meaning, metric, threshold }) =>
        new Alarm(this, id, {
          alarmName: `commitlane-${stage}-${id}`,
          alarmDescription: `${meaning} What to do: ${runbookUrl}#alarm-${id}`,
          metric,
          threshold,
          comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
          evaluationPeriods: 1,
          treatMissingData: TreatMissingData.NOT_BREACHING,
        }),
    );
    if (alarmEmail !== undefined) mailTo(this, alarmEmail, this.alarms);
  }
}

function queueAlarms({ commits, followUps }: AlarmsProps): AlarmDefinition[] {
  const period = Duration.minutes(1);
  const deadLetters = ({ deadLetterQueue }: QueueConsumer) =>
    deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' });
  const age = ({ queue }: QueueConsumer) =>
    queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum' });
  return [
    {
      id: 'commit-dead-letters',
      meaning: 'Commits have failed for good and wait on their dead-letter queue.',
      metric: deadLetters(commits),
      threshold: 0,
    },
    {
      id: 'follow-up-dead-letters',
      meaning: 'Summaries or memories have failed for good and wait on their dead-letter queue.',
      metric: deadLetters(followUps),
      threshold: 0,
    },
    {
      id: 'commit-age',
      meaning: `A commit has been waiting for more than ${COMMIT_AGE.toMinutes()} minutes.`,
      metric: age(commits),
      threshold: COMMIT_AGE.toSeconds(),
    },
    {
      id: 'follow-up-age',
      meaning: `A follow-up has been waiting for more than ${FOLLOW_UP_AGE.toMinutes()} minutes.`,
      metric: age(followUps),
      threshold: FOLLOW_UP_AGE.toSeconds(),
    },
  ];
}

function rateAlarms({ stage }: PipelineMetricOptions): AlarmDefinition[] {
  const leases = { stage, period: Duration.minutes(15) };
  const calls = { stage, period: Duration.minutes(30) };
  return [
    {
      id: 'lease-exhaustion',
      meaning: `More than ${EXHAUSTED_PERCENT} % of the leases that were asked for in 15 minutes were given up.`,
      metric: new MathExpression({
        label: 'leases given up, %',
        expression: `IF(${sumOf('got', 'exhausted')} >= ${MIN_LEASES}, 100 * FILL(exhausted, 0) / ${sumOf('got', 'exhausted')}, 0)`,
        usingMetrics: {
          got: pipelineMetric('LeaseAcquired', leases),
          exhausted: pipelineMetric('LeaseExhausted', leases),
        },
        period: leases.period,
      }),
      threshold: EXHAUSTED_PERCENT,
    },
    {
      id: 'model-timeouts',
      meaning: `The model did not answer more than ${TIMEOUT_PERCENT} % of the questions of 30 minutes in time.`,
      metric: new MathExpression({
        label: 'questions not answered in time, %',
        expression: `IF(${sumOf('c1', 'c2')} >= ${MIN_MODEL_CALLS}, 100 * ${sumOf('t1', 't2')} / ${sumOf('c1', 'c2')}, 0)`,
        usingMetrics: {
          c1: pipelineMetric('FollowUpModelCalls', { ...calls, step: 'summary' }),
          c2: pipelineMetric('FollowUpModelCalls', { ...calls, step: 'extraction' }),
          t1: pipelineMetric('FollowUpTimeouts', { ...calls, step: 'summary' }),
          t2: pipelineMetric('FollowUpTimeouts', { ...calls, step: 'extraction' }),
        },
        period: calls.period,
      }),
      threshold: TIMEOUT_PERCENT,
    },
  ];
}

function countAlarms({ stage }: PipelineMetricOptions): AlarmDefinition[] {
  const period = Duration.minutes(5);
  return [
    {
      id: 'lost-leases',
      meaning: 'A worker has lost its lease while it was working.',
      metric: new MathExpression({
        label: 'leases lost',
        expression: sumOf('taken', 'expired'),
        usingMetrics: {
          taken: pipelineMetric('LeaseLost', { stage, cause: 'taken-over', period }),
          expired: pipelineMetric('LeaseLost', { stage, cause: 'not-renewed', period }),
        },
        period,
      }),
      threshold: 0,
    },
    {
      id: 'config-rejected',
      meaning: 'The limits are wrong: what was set last is not in effect.',
      metric: pipelineMetric('ConfigRejected', { stage, period }),
      threshold: 0,
    },
  ];
}

function autoCommitAlarm({ settings: { stage }, autoCommit }: AlarmsProps): AlarmDefinition {
  const period = Duration.minutes(15);
  return {
    id: 'auto-commit-failures',
    meaning: 'Sessions that were due for a commit by their policy could not be looked at.',
    metric: new MathExpression({
      label: 'runs and sessions that failed',
      expression: sumOf('runs', 'sessions'),
      usingMetrics: {
        runs: autoCommit.metricErrors({ period, statistic: 'Sum' }),
        sessions: pipelineMetric('AutoCommitFailed', { stage, period }),
      },
      period,
    }),
    threshold: AUTO_COMMIT_FAILURES,
  };
}

/** Without a value at a time, one side of a sum would leave the sum without one. */
function sumOf(...metrics: readonly string[]): string {
  return `(${metrics.map((metric) => `FILL(${metric}, 0)`).join(' + ')})`;
}

function mailTo(scope: Construct, email: string, alarms: readonly Alarm[]): void {
  const topic = new Topic(scope, 'Topic', { enforceSSL: true });
  topic.addSubscription(new EmailSubscription(email));
  const action = new SnsAction(topic);
  for (const alarm of alarms) {
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
}
