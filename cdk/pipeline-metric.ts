import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type MetricName, metricDefinitions, NAMESPACE } from '../lib/telemetry/index.ts';

export interface PipelineMetricOptions {
  readonly stage: string;
  /** Of a metric that is divided by one. */
  readonly step?: string;
  readonly cause?: string;
  /** Default `Sum`. */
  readonly statistic?: string;
  /** Default five minutes. */
  readonly period?: Duration;
}

/** A metric that the functions write. @throws Error when a dimension is missing, or is one too many. */
export function pipelineMetric(
  name: MetricName,
  { stage, step, cause, statistic = 'Sum', period = Duration.minutes(5) }: PipelineMetricOptions,
): Metric {
  const definition = metricDefinitions[name];
  const dividedBy = 'by' in definition ? definition.by : undefined;
  const given = { ...(step !== undefined && { step }), ...(cause !== undefined && { cause }) };
  if (Object.keys(given).join() !== (dividedBy ?? '')) {
    throw new Error(`${name} is divided by ${dividedBy ?? 'nothing'}, not by ${Object.keys(given).join()}`);
  }
  return new Metric({
    namespace: NAMESPACE,
    metricName: name,
    dimensionsMap: { stage, ...given },
    statistic,
    period,
    label: [name, step ?? cause].filter(Boolean).join(' '),
  });
}
