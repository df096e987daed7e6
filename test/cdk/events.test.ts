import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Rule } from 'aws-cdk-lib/aws-events';
import { beforeAll, describe, expect, it } from 'vitest';
import { Commitlane, type ICommitlane } from '../../cdk/index.ts';
import { sortKeyRanges } from '../../lib/table/index.ts';
import { type Synthesised, synthesised } from './synthesised.ts';

const HOUR_S = 60 * 60;

let stack: Synthesised;
beforeAll(() => {
  stack = synthesised({ stage: 'dev' });
});

const feed = () => stack.resource('AWS::Lambda::EventSourceMapping', 'EventsFunction').Properties;

interface Filter {
  readonly eventName?: readonly string[];
  readonly dynamodb: {
    readonly Keys: { readonly sk: { readonly S: readonly { readonly prefix: string }[] } };
  };
}

describe('the stream of the table', () => {
  it('has items as they were and as they are, because an event tells what has changed', () => {
    const { StreamSpecification } = stack.resource('AWS::DynamoDB::GlobalTable').Properties;
    expect(StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
  });

  it('feeds the events function from its oldest record on, so that none is missed while the feed is made', () => {
    expect(stack.referred(feed()['EventSourceArn']).Type).toBe('AWS::DynamoDB::GlobalTable');
    expect(feed()).toMatchObject({ StartingPosition: 'TRIM_HORIZON' });
  });

  it('feeds it with statuses that are written, with memories, and with nothing else', () => {
    const { Filters } = feed()['FilterCriteria'] as { Filters: readonly { Pattern: string }[] };
    const [statuses, memories, ...others] = Filters.map(({ Pattern }) => JSON.parse(Pattern) as Filter);
    expect(others).toEqual([]);
    expect(statuses?.eventName).toEqual(['INSERT', 'MODIFY']);
    expect(statuses?.dynamodb.Keys.sk.S).toEqual([{ prefix: sortKeyRanges.commits.from }]);
    expect(memories).not.toHaveProperty('eventName');
    expect(memories?.dynamodb.Keys.sk.S).toEqual([{ prefix: sortKeyRanges.memories() }]);
  });

  it('feeds it with one batch of a shard at a time, and again from what it could not publish on', () => {
    expect(feed()).toMatchObject({
      ParallelizationFactor: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
    });
    expect(feed()).not.toHaveProperty('MaximumRetryAttempts');
  });

  it('gives a batch up while an operator can still read its records: a stream keeps them for a day', () => {
    expect(feed()['MaximumRecordAgeInSeconds']).toBe(12 * HOUR_S);
    const { OnFailure } = feed()['DestinationConfig'] as { OnFailure: { Destination: unknown } };
    const letters = stack.referred(OnFailure.Destination);
    expect(letters.logicalId).toMatch(/^EventsDeadLetters/);
    expect(letters.Properties).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 24 * HOUR_S,
    });
    expect(letters.Properties).not.toHaveProperty('FifoQueue');
  });
});

describe('the bus', () => {
  it('is of the stack, and named by its stage', () => {
    expect(stack.resource('AWS::Events::EventBus').Properties).toMatchObject({ Name: 'commitlane-dev' });
    const { EventBusName } = stack.Outputs as Record<string, { Value: unknown }>;
    expect(stack.referred(EventBusName?.Value).Type).toBe('AWS::Events::EventBus');
  });

  it('is what the events function is told', () => {
    const { Environment } = stack.resource('AWS::Lambda::Function', 'EventsFunction').Properties;
    const { Variables } = Environment as { Variables: Record<string, unknown> };
    expect(stack.referred(Variables['EVENT_BUS_NAME']).Type).toBe('AWS::Events::EventBus');
  });
});

/** The rules of a stack that follows completed commits. */
function rulesWith(commitlaneOf: (stack: Stack) => ICommitlane): readonly Record<string, unknown>[] {
  const outdir = mkdtempSync(path.join(tmpdir(), 'commitlane-synth-'));
  try {
    const context = { 'aws:cdk:bundling-stacks': [] };
    const shop = new Stack(new App({ analyticsReporting: false, outdir, context }), 'shop');
    const { eventBus } = commitlaneOf(shop);
    const eventPattern = { source: ['commitlane'], detailType: ['commit.completed'] };
    new Rule(shop, 'Completed', { eventBus, eventPattern });
    const rules = Template.fromStack(shop).findResources('AWS::Events::Rule');
    return Object.entries(rules).flatMap(([id, { Properties }]) =>
      id.startsWith('Completed') ? [Properties] : [],
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

describe('a rule of somebody else', () => {
  const pattern = { source: ['commitlane'], 'detail-type': ['commit.completed'] };

  it('follows the bus of a construct in its stack', () => {
    const [rule] = rulesWith((shop) => new Commitlane(shop, 'Chat', { auth: 'iam' }));
    expect(rule).toMatchObject({
      EventPattern: pattern,
      EventBusName: { Ref: expect.stringMatching(/^ChatEventsBus/) },
    });
  });

  it('follows the bus of another stack, by the name of that', () => {
    const [rule] = rulesWith((shop) => Commitlane.fromStackName(shop, 'Chat', 'commitlane-prod'));
    expect(rule).toMatchObject({
      EventPattern: pattern,
      EventBusName: { 'Fn::ImportValue': 'commitlane-prod:EventBusName' },
    });
  });
});
