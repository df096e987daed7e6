import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Synthesised, synthesised } from './synthesised.ts';

const ids = [
  'auto-commit-failures',
  'commit-age',
  'commit-dead-letters',
  'config-rejected',
  'event-age',
  'event-dead-letters',
  'events-skipped',
  'follow-up-age',
  'follow-up-dead-letters',
  'lease-exhaustion',
  'lost-leases',
  'model-timeouts',
];

interface MetricQuery {
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: MetricOfAlarm; readonly Period: number };
}
interface MetricOfAlarm {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[];
}

let stack: Synthesised;
beforeAll(() => {
  stack = synthesised({ stage: 'prod' });
});

const alarm = (id: string) => {
  const found = stack
    .resources('AWS::CloudWatch::Alarm')
    .find(({ Properties }) => Properties['AlarmName'] === `commitlane-prod-${id}`);
  if (!found) throw new Error(`there is no alarm ${id}`);
  return found.Properties;
};
const queriesOf = (id: string) => (alarm(id)['Metrics'] ?? []) as readonly MetricQuery[];
const metricsOf = (id: string) => queriesOf(id).flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);

it('there is an alarm for all that an operator must know of, and no other', () => {
  const names = stack.resources('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties['AlarmName']);
  expect(names.sort()).toEqual(ids.map((id) => `commitlane-prod-${id}`));
});

describe.each(ids)('the alarm %s', (id) => {
  it('says where the runbook tells what to do, and the runbook does', () => {
    expect(alarm(id)['AlarmDescription']).toMatch(
      new RegExp(`^[A-Z].*\\. What to do: docs/operations\\.md#alarm-${id}$`),
    );
    const runbook = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    expect(runbook.match(/(?<=^### Alarm: ).+$/gm)).toContain(id);
  });

  it('is silent while there is nothing to measure', () => {
    expect(alarm(id)['TreatMissingData']).toBe('notBreaching');
  });

  it('tells nobody unless the deployment says whom', () => {
    expect(alarm(id)).not.toHaveProperty('AlarmActions');
  });
});

it.each([
  ['commit-dead-letters', 'CommitsDeadLetters', 'ApproximateNumberOfMessagesVisible', 0],
  ['follow-up-dead-letters', 'FollowUpsDeadLetters', 'ApproximateNumberOfMessagesVisible', 0],
  ['commit-age', 'CommitsQueue', 'ApproximateAgeOfOldestMessage', 600],
  ['follow-up-age', 'FollowUpsQueue', 'ApproximateAgeOfOldestMessage', 1800],
])('%s watches the queue %s', (id, queue, metricName, threshold) => {
  const { Dimensions, ...properties } = alarm(id) as unknown as MetricOfAlarm;
  expect(properties).toMatchObject({
    Namespace: 'AWS/SQS',
    MetricName: metricName,
    Threshold: threshold,
    ComparisonOperator: 'GreaterThanThreshold',
  });
  const [{ Value: name } = { Value: undefined }] = Dimensions;
  expect(stack.referred(name).logicalId).toMatch(new RegExp(`^${queue}`));
});

it.each([
  ['event-age', 'AWS/Lambda', 'IteratorAge', 'EventsFunction', 600_000],
  ['event-dead-letters', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'EventsDeadLetters', 0],
])('%s watches %s %s of %s', (id, namespace, metricName, of, threshold) => {
  const { Dimensions, ...properties } = alarm(id) as unknown as MetricOfAlarm;
  expect(properties).toMatchObject({
    Namespace: namespace,
    MetricName: metricName,
    Threshold: threshold,
    ComparisonOperator: 'GreaterThanThreshold',
  });
  expect(stack.referred(Dimensions[0]?.Value).logicalId).toMatch(new RegExp(`^${of}`));
});

it('events-skipped rings at the first write whose events could not be told', () => {
  expect(metricsOf('events-skipped')).toEqual([
    {
      Namespace: 'Commitlane',
      MetricName: 'EventsSkipped',
      Dimensions: [{ Name: 'stage', Value: 'prod' }],
    },
  ]);
  expect(alarm('events-skipped')).toMatchObject({
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
  });
});

it.each([
  ['lease-exhaustion', ['LeaseAcquired', 'LeaseExhausted']],
  [
    'model-timeouts',
    [
      'FollowUpModelCalls summary',
      'FollowUpModelCalls extraction',
      'FollowUpTimeouts summary',
      'FollowUpTimeouts extraction',
    ],
  ],
  ['lost-leases', ['LeaseLost taken-over', 'LeaseLost not-renewed']],
])('%s is calculated from metrics of its stage', (id, names) => {
  const metrics = metricsOf(id);
  const named = metrics.map(({ MetricName, Dimensions }) =>
    [MetricName, ...Dimensions.filter(({ Name }) => Name !== 'stage').map(({ Value }) => Value)].join(' '),
  );
  expect(named.sort()).toEqual(names.toSorted());
  for (const { Namespace, Dimensions } of metrics) {
    expect(Namespace).toBe('Commitlane');
    expect(Dimensions).toContainEqual({ Name: 'stage', Value: 'prod' });
  }
});

it('auto-commit-failures counts runs that fail and sessions that fail, and rings above two', () => {
  const [sessions, runs] = metricsOf('auto-commit-failures').toSorted((a, b) =>
    b.Namespace.localeCompare(a.Namespace),
  );
  expect(sessions).toEqual({
    Namespace: 'Commitlane',
    MetricName: 'AutoCommitFailed',
    Dimensions: [{ Name: 'stage', Value: 'prod' }],
  });
  expect(runs).toMatchObject({ Namespace: 'AWS/Lambda', MetricName: 'Errors' });
  expect(stack.referred(runs?.Dimensions[0]?.Value).logicalId).toMatch(/^AutoCommitFunction/);
  expect(alarm('auto-commit-failures')).toMatchObject({
    Threshold: 2,
    ComparisonOperator: 'GreaterThanThreshold',
    EvaluationPeriods: 1,
  });
  const periods = queriesOf('auto-commit-failures').flatMap(({ MetricStat }) => MetricStat?.Period ?? []);
  expect(periods).toEqual([900, 900]);
});

it('a rate of few says nothing', () => {
  const expressionOf = (id: string) => queriesOf(id).find(({ Expression }) => Expression)?.Expression;
  expect(expressionOf('lease-exhaustion')).toMatch(/^IF\(.* >= 20, .*, 0\)$/);
  expect(expressionOf('model-timeouts')).toMatch(/^IF\(.* >= 5, .*, 0\)$/);
});

describe('with the settings', () => {
  it('alarmEmail, each alarm and its end are mailed, over TLS alone', () => {
    stack = synthesised({ stage: 'prod', alarmEmail: 'oncall@chat.example' });
    const { logicalId } = stack.resource('AWS::SNS::Topic');
    expect(stack.resource('AWS::SNS::Subscription').Properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'oncall@chat.example',
    });
    for (const id of ids) {
      expect(alarm(id)).toMatchObject({
        AlarmActions: [{ Ref: logicalId }],
        OKActions: [{ Ref: logicalId }],
      });
    }
    expect(JSON.stringify(stack.resource('AWS::SNS::TopicPolicy').Properties)).toContain(
      'aws:SecureTransport',
    );
  });

  it('runbookUrl, alarms link to it', () => {
    stack = synthesised({ stage: 'prod', runbookUrl: 'https://docs.chat.example/operations' });
    expect(alarm('commit-age')['AlarmDescription']).toContain(
      'https://docs.chat.example/operations#alarm-commit-age',
    );
  });

  it.each([
    ['alarmEmail', 'nobody'],
    ['runbookUrl', 'operations.html'],
    ['tracingLayer', 'adot'],
  ])('%s, what cannot be is refused by name', (setting, value) => {
    expect(() => synthesised({ [setting]: value })).toThrow(new RegExp(`commitlane:${setting} `));
  });
});
