import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/clock/index.ts';
import type { ExplainedLetter } from '../../lib/dead-letters/index.ts';
import { dynamodbLeaseStore } from '../../lib/lease/index.ts';
import { checkCauses } from '../../operator/letters/check-causes.ts';
import { makeTarget, parseOutputs } from '../../operator/target/index.ts';
import { commitLetter, followUpLetter } from '../dead-letters/letters.ts';
import { dynaliteTable } from '../support/dynalite-table.ts';
import { sqsDouble } from '../support/sqs-double.ts';

function letterOf(kind: 'commits' | 'follow-ups', code: string): ExplainedLetter {
  const { group, body } = kind === 'commits' ? commitLetter('one') : followUpLetter(1);
  const type = kind === 'commits' ? 'commit' : 'follow-up';
  const content = { type, message: JSON.parse(body) } as ExplainedLetter['letter']['content'];
  const letter = { id: 'l', kind, group, body, content, deadSinceMs: 0 };
  return { letter, reason: { code, message: 'why' }, prospect: 'works' };
}

/** A stack whose queues give up to their dead-letter queues, or not. */
async function setUp({ givesUp = true } = {}) {
  const table = await dynaliteTable();
  const sqs = await sqsDouble({
    GetQueueAttributes: ({ QueueUrl }) => ({
      Attributes: {
        QueueArn: `arn:${String(QueueUrl).split('/').at(-1)}`,
        ApproximateNumberOfMessages: '0',
        ApproximateNumberOfMessagesNotVisible: '0',
        ...(givesUp && { RedrivePolicy: '{"deadLetterTargetArn":"arn:dead"}' }),
      },
    }),
  });
  const outputs = parseOutputs('commitlane-dev', {
    ApiUrl: 'http://127.0.0.1:1',
    TableName: table.tableName,
    LimitsPath: '/commitlane/dev',
    CommitQueueUrl: `${sqs.endpoint}/0/queue`,
    CommitDeadLetterQueueUrl: `${sqs.endpoint}/0/dead`,
    FollowUpQueueUrl: `${sqs.endpoint}/0/queue`,
    FollowUpDeadLetterQueueUrl: `${sqs.endpoint}/0/dead`,
    CommitFunctionTimeoutMs: '600000',
    FollowUpFunctionTimeoutMs: '900000',
    MaxReceiveCount: '5',
    LeaseStore: 'dynamodb',
    Model: 'openai-compatible:small',
    ModelBaseUrl: 'http://127.0.0.1:1/v1',
  });
  const facts = {
    ...{ stackName: 'commitlane-dev', isLocal: true, outputs },
    operator: async () => 'ann',
    limitVariables: async () => ({}),
  };
  const { region, credentials, endpoint } = table.client.config;
  const clients = {
    dynamodb: new DynamoDBClient({ region, credentials, ...(endpoint && { endpoint }) }),
    sqs: sqs.client,
    ssm: new SSMClient({ region: 'us-east-1' }),
  };
  const target = makeTarget(facts, clients, { clock: systemClock, newId: () => 'id' });
  return {
    table,
    check: (letters: readonly ExplainedLetter[], askModel = true) =>
      checkCauses(target, letters, { askModel }, new AbortController().signal),
    async [Symbol.asyncDispose]() {
      await sqs[Symbol.asyncDispose]();
      await table[Symbol.asyncDispose]();
    },
  };
}

// Models take long to load.
describe('what letters died of', () => {
  it('is looked at only where letters died of it', async () => {
    await using world = await setUp();
    const checks = await world.check([letterOf('commits', 'unexpected')]);
    expect(checks).toMatchObject([{ name: 'commits', status: 'ok' }]);
  });

  it('still stands when the model does not answer, unless nobody asks it', async () => {
    await using world = await setUp();
    const letters = [letterOf('follow-ups', 'model-unavailable'), letterOf('follow-ups', 'step-timeout')];
    expect(await world.check(letters)).toMatchObject([
      { name: 'follow-ups', status: 'ok' },
      { name: 'model', status: 'failed', whatToDo: '2 letters failed because of it, and would fail again.' },
    ]);
    expect(await world.check(letters, false)).toMatchObject([{ name: 'follow-ups' }]);
  });

  it('still stands while somebody holds the lease of the session', async () => {
    await using world = await setUp();
    const letters = [letterOf('commits', 'lease-unavailable')];
    expect(await world.check(letters)).toMatchObject([{}, { name: 'lease acme/chat', status: 'ok' }]);
    const leases = dynamodbLeaseStore({ ...world.table, clock: systemClock });
    const resource = 'TENANT#acme#SESSION#chat';
    await leases.acquire({ resource, owner: 'somebody', token: 't', ttlMs: 60_000 });
    expect(await world.check(letters)).toMatchObject([
      { name: 'commits', status: 'ok' },
      {
        name: 'lease acme/chat',
        status: 'warning',
        detail: expect.stringMatching(/^held by somebody for \d+ s more$/),
      },
    ]);
  });

  it('is the table where it did not answer', async () => {
    await using world = await setUp();
    expect(await world.check([letterOf('commits', 'store-unavailable')])).toMatchObject([
      { name: 'commits' },
      { name: 'table', status: 'ok' },
    ]);
  });

  it('would not be seen again if the queue gave up nothing', async () => {
    await using world = await setUp({ givesUp: false });
    expect(await world.check([letterOf('commits', 'unexpected')])).toMatchObject([
      { name: 'commits', status: 'failed', detail: expect.stringMatching(/does not move failed messages/) },
    ]);
  });
});
