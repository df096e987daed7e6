import { beforeAll, describe, expect, it } from 'vitest';
import { permissionsOf } from './permissions.ts';
import { type Synthesised, synthesised } from './synthesised.ts';

/** They read and write the table. */
const tableFunctions = ['ApiFunction', 'AutoCommitFunction', 'CommitFunction', 'FollowUpFunction'] as const;
const functions = [...tableFunctions, 'EventsFunction'] as const;

let stack: Synthesised;
beforeAll(() => {
  stack = synthesised({ stage: 'dev' });
});

const propertiesOf = (name: string) => stack.resource('AWS::Lambda::Function', name).Properties;
const variablesOf = (name: string) =>
  (propertiesOf(name)['Environment'] as { Variables: Record<string, unknown> }).Variables;

describe.each(functions)('%s', (name) => {
  it('runs on Node 24, on ARM', () => {
    expect(propertiesOf(name)).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
  });

  it('logs to a group of its own that forgets after a month', () => {
    const { LogGroup } = propertiesOf(name)['LoggingConfig'] as { LogGroup: unknown };
    expect(stack.referred(LogGroup)).toMatchObject({
      logicalId: expect.stringMatching(new RegExp(`^${name}Logs`)),
      Properties: { RetentionInDays: 30 },
    });
  });

  it('is traced, and its stack traces name the lines of the source', () => {
    expect(propertiesOf(name)['TracingConfig']).toEqual({ Mode: 'Active' });
    expect(variablesOf(name)['NODE_OPTIONS']).toContain('--enable-source-maps');
  });

  it('is told its stage', () => {
    expect(variablesOf(name)).toMatchObject({ STAGE: 'dev' });
  });

  it('has no policy but its own', () => {
    expect(stack.referred(propertiesOf(name)['Role']).Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  it('may do nothing to everything: no action has a wildcard, and no resource but those of traces and of one profile', () => {
    for (const { actions, on, where } of permissionsOf(stack, name)) {
      expect(actions.join()).not.toContain('*');
      if (!on.includes('*') || where?.['bedrock:InferenceProfileArn']) continue;
      expect(actions).toEqual(['xray:PutTelemetryRecords', 'xray:PutTraceSegments']);
    }
  });
});

describe.each(tableFunctions)('%s', (name) => {
  it('is told its table', () => {
    expect(stack.referred(variablesOf(name)['TABLE_NAME']).Type).toBe('AWS::DynamoDB::GlobalTable');
  });

  it('is told of the queues that it may use, and of no other', () => {
    const told = Object.entries(variablesOf(name))
      .filter(([variable]) => variable.endsWith('_URL'))
      .map(([, reference]) => stack.referred(reference).logicalId.replace(/[0-9A-F]{8}$/, ''));
    const permitted = permissionsOf(stack, name)
      .filter(({ actions }) => actions.some((action) => action.startsWith('sqs:')))
      .map(({ on }) => on);
    expect(told.sort()).toEqual([...new Set(permitted)].sort());
  });
});

describe('what functions are told of the limits', () => {
  const limitVariables = (name: string) =>
    Object.entries(variablesOf(name)).filter(([variable]) =>
      /^(LIMITS_PATH|MAX_RECEIVE_COUNT|.*_FUNCTION_TIMEOUT_MS)$/.test(variable),
    );

  it.each(['ApiFunction', 'CommitFunction', 'FollowUpFunction'])(
    '%s knows what the deployment has fixed, so that it can check its limits against it',
    (name) => {
      expect(Object.fromEntries(limitVariables(name))).toEqual({
        LIMITS_PATH: '/commitlane/dev',
        MAX_RECEIVE_COUNT: '5',
        COMMIT_FUNCTION_TIMEOUT_MS: String(Number(propertiesOf('CommitFunction')['Timeout']) * 1000),
        FOLLOW_UP_FUNCTION_TIMEOUT_MS: String(Number(propertiesOf('FollowUpFunction')['Timeout']) * 1000),
      });
    },
  );

  it.each(['AutoCommitFunction', 'EventsFunction'])('%s, which reads none, is told nothing', (name) => {
    expect(limitVariables(name)).toEqual([]);
  });
});

describe('what a function may do', () => {
  const look = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'];
  const items = {
    actions: ['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', ...look],
    on: 'Sessions',
  };
  /** Beside the items, for transactions. */
  const checks = { actions: ['dynamodb:ConditionCheckItem'], on: 'Sessions' };
  const list = (index: string) => ({ actions: ['dynamodb:Query'], on: `/index/${index}` });
  const limits = { actions: ['ssm:GetParametersByPath'], on: 'parameter/commitlane/dev' };
  const profile = 'inference-profile/global.amazon.nova-2-lite-v1:0';
  const traces = { actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], on: '*' };
  const logs = (on: string) => ({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], on });
  const send = (on: string) => ({
    actions: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
    on,
  });
  const consume = (on: string) => ({
    actions: [
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
    ],
    on,
  });
  const sorted = (permissions: readonly { on: string }[]) =>
    permissions.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));

  it.each([
    {
      name: 'ApiFunction',
      sentence:
        'lists sessions, as no other may, asks for commits and extractions, and neither takes them nor sees dead letters',
      own: [
        ...[items, checks, list('lists'), list('scopes'), limits],
        ...[send('CommitsQueue'), send('FollowUpsQueue')],
      ],
      models: [],
    },
    {
      name: 'AutoCommitFunction',
      sentence: 'finds the checks that are due by their index, as no other may, and asks for commits',
      own: [{ actions: look, on: 'Sessions' }, list('due'), send('CommitsQueue')],
      models: [],
    },
    {
      name: 'CommitFunction',
      sentence: 'takes commits, hands archives over, and dead-letters what nothing can mend',
      own: [items, limits, consume('CommitsQueue'), send('CommitsDeadLetters'), send('FollowUpsQueue')],
      models: [],
    },
    {
      name: 'EventsFunction',
      sentence: 'reads the stream of the table, and not the table, and puts events on the bus',
      own: [
        { actions: ['dynamodb:ListStreams'], on: 'Sessions' },
        {
          actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
          on: 'Sessions',
        },
        { actions: ['events:PutEvents'], on: 'EventsBus' },
        // Lambda writes its dead letters in its name.
        send('EventsDeadLetters'),
      ],
      models: [],
    },
    {
      name: 'FollowUpFunction',
      sentence: 'takes archives and dead-letters them, calls one model, and cannot ask for a commit',
      own: [items, checks, limits, consume('FollowUpsQueue'), send('FollowUpsDeadLetters')],
      models: [
        { actions: ['bedrock:InvokeModel'], on: profile },
        {
          actions: ['bedrock:InvokeModel'],
          on: 'bedrock:*::foundation-model/amazon.nova-2-lite-v1:0',
          where: { 'bedrock:InferenceProfileArn': profile },
        },
      ],
    },
  ])('$name: $sentence', ({ name, own, models }) => {
    const all = [traces, logs(`${name}Logs`), ...own, ...models];
    expect(sorted(permissionsOf(stack, name))).toEqual(sorted(all));
  });
});
