import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type PipelineMetricOptions, pipelineMetric } from './pipeline-metric.ts';
import type { AlarmDefinition } from './queue-alarms.ts';

/** Of leases that were asked for, and of questions to the model. */
const EXHAUSTED_PERCENT = 5;
const TIMEOUT_PERCENT = 10;
/** A rate of fewer says nothing. */
const MIN_LEASES = 20;
const MIN_MODEL_CALLS = 5;
/** Fewer come of a short disturbance: what is due is checked a few minutes later. */
const AUTO_COMMIT_FAILURES = 2;

export interface PipelineAlarmsProps {
  readonly stage: string;
  readonly autoCommit: IFunction;
}

/** What rings on the metrics that the functions write: leases, the model, limits, commits by policy. */
export function pipelineAlarms(props: PipelineAlarmsProps): AlarmDefinition[] {
  return [...rateAlarms(props), ...countAlarms(props), autoCommitAlarm(props)];
}

function rateAlarms({ stage }: PipelineMetricOptions): AlarmDefinition[] {
  const leases = { stage, period: Duration.minutes(15) };
  const calls = { stage, period: Duration.minutes(30) };
  return [
    {
      id: 'lease-exhaustion',
      meaning: `In 15 minutes, more than ${EXHAUSTED_PERCENT} % of the workers gave up waiting for a lease.`,
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
      meaning: `In 30 minutes, more than ${TIMEOUT_PERCENT} % of the requests to the model timed out.`,
      metric: new MathExpression({
        label: 'requests that timed out, %',
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
      meaning: 'The limits are invalid: the last change is not in effect.',
      metric: pipelineMetric('ConfigRejected', { stage, period }),
      threshold: 0,
    },
  ];
}

function autoCommitAlarm({ stage, autoCommit }: PipelineAlarmsProps): AlarmDefinition {
  const period = Duration.minutes(15);
  return {
    id: 'auto-commit-failures',
    meaning: 'Sessions that were due for a check by their policy could not be checked.',
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
