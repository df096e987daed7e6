import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Synthesised, synthesised } from './synthesised.ts';

const DAY_S = 24 * 60 * 60;

let stack: Synthesised;
beforeAll(() => {
  stack = synthesised({ stage: 'dev' });
});

describe.each([
  { queue: 'Commits', handler: 'CommitFunction' },
  { queue: 'FollowUps', handler: 'FollowUpFunction' },
])('the queue $queue', ({ queue, handler }) => {
  const main = () => stack.resource('AWS::SQS::Queue', `${queue}Queue`);
  const deadLetters = () => stack.resource('AWS::SQS::Queue', `${queue}DeadLetters`);

  it('is a FIFO queue in high-throughput mode, as is its dead-letter queue', () => {
    for (const { Properties } of [main(), deadLetters()]) {
      expect(Properties).toMatchObject({
        FifoQueue: true,
        DeduplicationScope: 'messageGroup',
        FifoThroughputLimit: 'perMessageGroupId',
      });
    }
  });

  it('gives up a message after five deliveries, to its own dead-letter queue', () => {
    const redrive = main().Properties['RedrivePolicy'] as { deadLetterTargetArn: unknown };
    expect(redrive).toMatchObject({ maxReceiveCount: 5 });
    expect(stack.referred(redrive.deadLetterTargetArn)).toEqual(deadLetters());
  });

  it('keeps dead letters for 14 days, longer than it keeps messages', () => {
    expect(deadLetters().Properties['MessageRetentionPeriod']).toBe(14 * DAY_S);
    expect(main().Properties['MessageRetentionPeriod']).toBeLessThan(14 * DAY_S);
  });

  it('hides a message for at least six times as long as its function may run', () => {
    const { Timeout } = stack.resource('AWS::Lambda::Function', handler).Properties;
    expect(main().Properties['VisibilityTimeout']).toBeGreaterThanOrEqual(6 * Number(Timeout));
  });

  it('is encrypted, and refuses what comes without TLS', () => {
    for (const one of [main(), deadLetters()]) {
      expect(one.Properties['SqsManagedSseEnabled']).toBe(true);
      const policies = stack
        .resources('AWS::SQS::QueuePolicy')
        .filter(({ Properties }) => stack.referred([Properties['Queues']].flat()[0]) === one);
      expect(policies.map(({ Properties }) => Properties['PolicyDocument'])).toMatchObject([
        {
          Statement: [
            { Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          ],
        },
      ]);
    }
  });

  it('feeds its function, which says message by message what failed', () => {
    const mapping = stack.resource('AWS::Lambda::EventSourceMapping', handler).Properties;
    expect(stack.referred(mapping['EventSourceArn'])).toEqual(main());
    expect(stack.referred(mapping['FunctionName']).logicalId).toMatch(new RegExp(`^${handler}`));
    expect(mapping).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 50 },
    });
    // A FIFO queue hands over no more than ten at a time, and refuses a window to wait for them.
    expect(mapping['BatchSize']).toBeLessThanOrEqual(10);
    expect(mapping).not.toHaveProperty('MaximumBatchingWindowInSeconds');
  });
});

describe('the table', () => {
  const table = (from = stack) => from.resource('AWS::DynamoDB::GlobalTable');
  const replica = (from = stack) => [table(from).Properties['Replicas']].flat()[0];

  it('is paid by request, and can be restored to any second', () => {
    expect(table().Properties['BillingMode']).toBe('PAY_PER_REQUEST');
    expect(replica()).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  it('outlives the stack', () => {
    expect(table()).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  it('is protected from deletion in production only, so that others can be thrown away', () => {
    expect(replica()).toMatchObject({ DeletionProtectionEnabled: false });
    expect(replica(synthesised({ stage: 'prod' }))).toMatchObject({ DeletionProtectionEnabled: true });
  });

  it('removes expired items by the attribute that tombstones carry', () => {
    expect(table().Properties['TimeToLiveSpecification']).toEqual({
      AttributeName: 'expiresAtSeconds',
      Enabled: true,
    });
  });

  it('is encrypted with the key of DynamoDB itself, which costs nothing for each request', () => {
    expect(table().Properties['SSESpecification']).toEqual({ SSEEnabled: false });
  });

  it('has the keys that items are made of', () => {
    expect(table().Properties['KeySchema']).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ]);
  });
});

describe('the indexes', () => {
  const tableOf = (from: Synthesised) => from.resource('AWS::DynamoDB::GlobalTable').Properties;
  const index = (IndexName: string, partition: string, sort: string) => ({
    IndexName,
    KeySchema: [
      {
        AttributeName: partition,
        KeyType: 'HASH',
      },
      { AttributeName: sort, KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: 'KEYS_ONLY' },
  });
  const due = index('due', 'checkShard', 'checkAtMs');
  const lists = index('lists', 'listedIn', 'listedAt');
  const scopes = index('scopes', 'scope', 'listedAt');

  it('hold keys only, which few items have, so that nothing else that changes costs anything in them', () => {
    expect(tableOf(stack)['GlobalSecondaryIndexes']).toEqual([due, lists, scopes]);
    expect(tableOf(stack)['AttributeDefinitions']).toEqual([
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'checkShard', AttributeType: 'S' },
      { AttributeName: 'checkAtMs', AttributeType: 'N' },
      { AttributeName: 'listedIn', AttributeType: 'S' },
      { AttributeName: 'listedAt', AttributeType: 'S' },
      { AttributeName: 'scope', AttributeType: 'S' },
    ]);
  });

  it('may come one at a time, as CloudFormation wants it of a table that is there', () => {
    const first = synthesised({ indexes: 'without-scopes' });
    expect(tableOf(first)['GlobalSecondaryIndexes']).toEqual([due, lists]);
    expect(JSON.stringify(tableOf(first)['AttributeDefinitions'])).not.toContain('scope');
  });
});

describe('the limits', () => {
  const parameters = (from = stack) =>
    from
      .resources('AWS::SSM::Parameter')
      .map(({ Properties }) => Properties)
      .toSorted((a, b) => (String(a['Name']) < String(b['Name']) ? -1 : 1));
  const toldTo = (from: Synthesised, handler: string) => {
    const { Environment } = from.resource('AWS::Lambda::Function', handler).Properties;
    return JSON.parse(
      (Environment as { Variables: Record<string, string> }).Variables['LIMITS_AT_DEPLOYMENT'] ?? '',
    );
  };

  it('have parameters of which no deployment changes anything: it would write over what operators have set', () => {
    const text = JSON.stringify(parameters());
    expect(parameters()).toHaveLength(16);
    expect(createHash('sha256').update(text).digest('hex')).toBe(
      '2ee8a69be6e2427ef3ac42b021e027d1e54050d656dea6dd9dd647c4edc6f757',
    );
    expect(parameters(synthesised({ 'lease.ttlMs': 45_000 }))).toEqual(parameters());
  });

  it('are told to the functions that wait, as they are to be unless an operator sets them', () => {
    const set = synthesised({ 'lease.ttlMs': '45000', 'followUp.onSummaryTimeout': 'skip' });
    for (const handler of ['ApiFunction', 'CommitFunction', 'FollowUpFunction']) {
      expect(toldTo(stack, handler)).toEqual({});
      expect(toldTo(set, handler)).toEqual({ 'lease.ttlMs': '45000', 'followUp.onSummaryTimeout': 'skip' });
    }
  });

  it.each([
    [{ 'lease.ttlMs': '5' }, 'lease.ttlMs must be a whole number of ms from 1000 to 300000'],
    [{ 'lease.ttl': '45000' }, "there is no limit 'lease.ttl'; the known limits are lease.ttlMs"],
    [
      { 'lease.acquireTimeoutMs': 120_000, 'commit.deadlineMs': 60_000 },
      'must be less than commit.deadlineMs (60000)',
    ],
  ])('stop the synthesis when they are wrong, or contradict one another: %j', (given, message) => {
    expect(() => synthesised(given)).toThrow(message);
  });
});
