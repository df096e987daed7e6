import { beforeAll, describe, expect, it } from 'vitest';
import { pipelineMetric } from '../../cdk/pipeline-metric.ts';
import { type MetricName, metricDefinitions } from '../../lib/telemetry/index.ts';
import { type Synthesised, synthesised } from './synthesised.ts';

interface Widget {
  readonly width: number;
  readonly y: number;
  readonly properties: {
    readonly alarms?: readonly unknown[];
    readonly metrics?: readonly (readonly unknown[])[];
  };
}

let stack: Synthesised;
let widgets: readonly Widget[];
beforeAll(() => {
  stack = synthesised({ stage: 'prod' });
  widgets = widgetsOf(stack);
});

/** The body is text with references in it: they are replaced by their logical ids. */
function widgetsOf({ resource }: Synthesised): Widget[] {
  const { DashboardBody } = resource('AWS::CloudWatch::Dashboard').Properties;
  const { 'Fn::Join': join } = DashboardBody as { 'Fn::Join': [string, readonly unknown[]] };
  const text = join[1].map((part) =>
    typeof part === 'string' ? part : (JSON.stringify(part).match(/[A-Za-z]+[0-9A-F]{8}/)?.[0] ?? 'region'),
  );
  return (JSON.parse(text.join('')) as { widgets: Widget[] }).widgets;
}

describe('the dashboard', () => {
  it('is named after the stage', () => {
    const { Properties } = stack.resource('AWS::CloudWatch::Dashboard');
    expect(Properties['DashboardName']).toBe('commitlane-prod');
  });

  it('has rows that fill it', () => {
    for (const row of Map.groupBy(widgets, ({ y }) => y).values()) {
      expect(row.reduce((sum, { width }) => sum + width, 0)).toBe(24);
    }
  });

  it('shows every metric that the functions write', () => {
    const shown = new Set(
      widgets.flatMap(({ properties }) =>
        (properties.metrics ?? [])
          .filter(([namespace]) => namespace === 'Commitlane')
          .map(([, name]) => name),
      ),
    );
    expect([...shown].sort()).toEqual(Object.keys(metricDefinitions).sort());
  });

  it('shows the state of every alarm', () => {
    const alarms = widgets.flatMap(({ properties }) => properties.alarms ?? []);
    expect(alarms).toHaveLength(stack.resources('AWS::CloudWatch::Alarm').length);
  });
});

describe('a metric of the pipeline', () => {
  it('has the unit of time that was asked for, and its stage', () => {
    expect(pipelineMetric('LeaseWait', { stage: 'dev', statistic: 'p95' })).toMatchObject({
      namespace: 'Commitlane',
      metricName: 'LeaseWait',
      dimensions: { stage: 'dev' },
      statistic: 'p95',
    });
  });

  it.each<[MetricName, object, RegExp]>([
    ['LeaseLost', {}, /LeaseLost is divided by cause/],
    ['FollowUpTimeouts', { cause: 'not-renewed' }, /divided by step, not by cause/],
    ['LeaseWait', { step: 'summary' }, /LeaseWait is divided by nothing/],
  ])('%s with the dimensions %o is refused: it would show nothing', (name, dimensions, message) => {
    expect(() => pipelineMetric(name, { stage: 'dev', ...dimensions })).toThrow(message);
  });
});
