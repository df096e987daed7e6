import { Metrics } from '@aws-lambda-powertools/metrics';
import { type Measurement, measurementsOf } from './event-metrics.ts';
import { metricDefinitions, NAMESPACE } from './metric-definitions.ts';
import type { ReportedEvent } from './reported-event.ts';

export interface MetricPublisher {
  record(event: ReportedEvent): void;
  /** Writes what was recorded since the last time to the function's log, in CloudWatch's embedded metric format. */
  publish(requestId: string | undefined): void;
}

/**
 * Turns events into metrics. Values of one name are collected, so that an invocation writes one line, and one more for
 * each step and cause that occurred (or more lines, after a hundred values of one metric).
 *
 * Powertools keeps one set of dimensions in each `Metrics`: values with a step or a cause get an instance of their
 * own, or they would all get the dimension. Recording is synchronous, so groups that run side by side do not disturb
 * one another.
 */
export function metricPublisher({ stage }: { readonly stage: string }): MetricPublisher {
  const byDimensions = new Map<string, Metrics>();

  function metricsFor(dimensions: Readonly<Record<string, string>>): Metrics {
    const key = JSON.stringify(dimensions);
    const known = byDimensions.get(key);
    if (known) return known;
    const metrics = new Metrics({ namespace: NAMESPACE });
    // Powertools adds a dimension `service`, which would be the same everywhere.
    metrics.clearDefaultDimensions();
    metrics.setDefaultDimensions({ stage, ...dimensions });
    byDimensions.set(key, metrics);
    return metrics;
  }

  return {
    record(event) {
      for (const measurement of measurementsOf(event)) {
        const { name, value } = measurement;
        metricsFor(dimensionsOf(measurement)).addMetric(name, metricDefinitions[name].unit, value);
      }
    },

    publish(requestId) {
      for (const metrics of byDimensions.values()) {
        if (!metrics.hasStoredMetrics()) continue;
        if (requestId !== undefined) metrics.addMetadata('requestId', requestId);
        metrics.publishStoredMetrics();
      }
    },
  };
}

function dimensionsOf(measurement: Measurement): Readonly<Record<string, string>> {
  if ('step' in measurement) return { step: measurement.step };
  if ('cause' in measurement) return { cause: measurement.cause };
  return {};
}
