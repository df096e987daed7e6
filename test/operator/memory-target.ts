import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { mergeStatements, type ScopeKey, type Statement } from '../../lib/memory/index.ts';
import { localAws } from '../../local/aws/index.ts';
import { startParameterEmulator } from '../../local/emulators/index.ts';
import { makeTarget, parseOutputs } from '../../operator/target/index.ts';
import { dynaliteTable } from '../support/dynalite-table.ts';
import { fakeClock } from '../support/fake-clock.ts';

/** A stack that has a table and limits, and an operator who is known by an ARN. */
export async function memoryTarget({ leaseStore = 'dynamodb', operator = 'local user ann' } = {}) {
  await using resources = new AsyncDisposableStack();
  const table = resources.use(await dynaliteTable());
  const parameters = resources.use(await startParameterEmulator({}));
  const outputs = parseOutputs('commitlane-dev', {
    ApiUrl: 'http://127.0.0.1:1',
    TableName: table.tableName,
    LimitsPath: '/commitlane/dev',
    CommitQueueUrl: 'http://127.0.0.1:1/0/queue',
    CommitDeadLetterQueueUrl: 'http://127.0.0.1:1/0/dead',
    FollowUpQueueUrl: 'http://127.0.0.1:1/0/queue',
    FollowUpDeadLetterQueueUrl: 'http://127.0.0.1:1/0/dead',
    CommitFunctionTimeoutMs: '600000',
    FollowUpFunctionTimeoutMs: '900000',
    MaxReceiveCount: '5',
    LeaseStore: leaseStore,
    Model: 'offline',
  });
  const { region, credentials } = localAws;
  const clients = {
    dynamodb: new DynamoDBClient({ region, credentials, endpoint: table.endpoint }),
    sqs: new SQSClient({ region, credentials }),
    ssm: new SSMClient({ region, credentials, endpoint: parameters.endpoint }),
  };
  const facts = {
    ...{ stackName: 'commitlane-dev', isLocal: true, outputs },
    operator: async () => operator,
    limitVariables: async () => ({}),
  };
  const clock = fakeClock(table);
  let ids = 0;
  const target = resources.use(makeTarget(facts, clients, { clock, newId: () => `id-${++ids}` }));
  const running = resources.move();
  return {
    target,
    table,
    clock,
    merge: (scope: ScopeKey, ...some: Statement[]) => mergeStatements(target, scope, some),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
