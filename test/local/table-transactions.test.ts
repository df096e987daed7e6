import { type ExecFileException, execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localAws } from '../../local/aws/index.ts';
import { startTableEmulator, type TableEmulatorOptions } from '../../local/emulators/index.ts';
import { requestTokens } from '../../local/emulators/table/request-tokens.ts';
import { tableAt } from '../support/table-at.ts';
import { temporaryFolder } from './temporary-folder.ts';

type Operation = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** A table of its own on an emulator of its own. */
async function startTable(options: TableEmulatorOptions = {}) {
  await using resources = new AsyncDisposableStack();
  const { endpoint } = resources.use(await startTableEmulator(options));
  const { client, tableName: TableName } = resources.use(await tableAt(endpoint));
  const running = resources.move();
  const key = (sk: string) => ({ pk: 'p', sk });
  return {
    client,
    endpoint,
    TableName,
    key,
    put: (sk: string, more: object = {}, rest: object = {}): Operation => ({
      Put: { TableName, Item: { ...key(sk), ...more }, ...rest },
    }),
    add: (sk: string, amount: number): Operation => ({
      Update: {
        TableName,
        Key: key(sk),
        UpdateExpression: 'ADD amount :amount',
        ExpressionAttributeValues: { ':amount': amount },
      },
    }),
    transact: (TransactItems: Operation[], rest: object = {}) =>
      client.send(new TransactWriteCommand({ TransactItems, ...rest })),
    async read(sk: string): Promise<Record<string, unknown> | undefined> {
      return (await client.send(new GetCommand({ TableName, Key: key(sk), ConsistentRead: true }))).Item;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

let table: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table[Symbol.asyncDispose]());

async function failureOf(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Error) return error;
  throw new Error('it did not fail as it should', { cause: error });
}

async function cancellationOf(work: Promise<unknown>): Promise<TransactionCanceledException> {
  const error = await failureOf(work);
  if (error instanceof TransactionCanceledException) return error;
  throw error;
}

describe('a transaction of the embedded table', () => {
  it('returns the item whose condition did not hold to whoever asks for it', async () => {
    const { transact, put } = table;
    await transact([put('returned', { amount: 7 })]);
    const ConditionExpression = 'attribute_not_exists(pk)';
    const asking = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    const asked = await cancellationOf(transact([put('returned', {}, { ConditionExpression, ...asking })]));
    expect(asked.CancellationReasons).toEqual([
      {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        Item: { pk: { S: 'p' }, sk: { S: 'returned' }, amount: { N: '7' } },
      },
    ]);
    const silent = await cancellationOf(transact([put('returned', {}, { ConditionExpression })]));
    expect(silent.CancellationReasons?.[0]).not.toHaveProperty('Item');
  });

  it('says of an update that does not fit its item, and of a key that does not fit the table, that they are wrong', async () => {
    const { transact, put, add, TableName, read } = table;
    await transact([put('text', { amount: 'much' })]);
    const error = await cancellationOf(
      transact([put('beside'), add('text', 1), { Delete: { TableName, Key: { pk: 'p' } } }]),
    );
    expect(error.CancellationReasons).toMatchObject([
      { Code: 'None' },
      { Code: 'ValidationError', Message: expect.stringContaining('incorrect data type') },
      { Code: 'ValidationError', Message: 'The provided key element does not match the schema' },
    ]);
    expect(await read('beside')).toBeUndefined();
  });

  it.each<[string, () => Operation[]]>([
    ['no operations', () => []],
    ['an operation that is none', () => [{}]],
    ['an operation that is two', () => [{ ...table.put('two'), ...table.add('another', 1) }]],
    [
      'an expression that cannot be read',
      () => [table.put('unread', {}, { ConditionExpression: 'attribute_exists(' })],
    ],
    [
      'more than 4 MB',
      () =>
        Array.from({ length: 11 }, (_, index) => table.put(`large-${index}`, { text: 'x'.repeat(400_000) })),
    ],
  ])('of %s is refused', async (_what, operations) => {
    expect(await failureOf(table.transact(operations()))).toMatchObject({ name: 'ValidationException' });
    expect(await table.read('two')).toBeUndefined();
    expect(await table.read('large-0')).toBeUndefined();
  });

  it('is billed twice what ordinary writes are', async () => {
    const { transact, put, TableName, key } = table;
    await transact([put('billed-3', { text: 'x'.repeat(2_500) })]);
    const check = {
      ConditionCheck: { TableName, Key: key('billed-none'), ConditionExpression: 'attribute_not_exists(pk)' },
    };
    const answer = await transact([put('billed-1'), { Delete: { TableName, Key: key('billed-3') } }, check], {
      ReturnConsumedCapacity: 'INDEXES',
    });
    expect(answer.ConsumedCapacity).toEqual([
      {
        TableName,
        CapacityUnits: 10,
        WriteCapacityUnits: 10,
        Table: { CapacityUnits: 10, WriteCapacityUnits: 10 },
      },
    ]);
    expect(await transact([put('billed-1')])).not.toHaveProperty('ConsumedCapacity');
  });

  it('is seen as a whole or not at all, and no write is lost beside it', async () => {
    const { transact, add, client, TableName, key } = table;
    const accounts = Array.from({ length: 20 }, (_, index) => `account-${index}`);
    const query = new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :account)',
      ExpressionAttributeValues: { ':pk': 'p', ':account': 'account-' },
    });
    const addition = new UpdateCommand({
      TableName,
      Key: key('account-0'),
      UpdateExpression: 'ADD singles :one',
      ExpressionAttributeValues: { ':one': 1 },
    });
    await transact(accounts.map((sk) => add(sk, 1)));
    let isOver = false;
    const seen: number[] = [];
    async function look(): Promise<void> {
      while (!isOver) {
        for (const command of [query, new ScanCommand({ TableName })]) {
          const { Items = [] } = await client.send(command);
          const amounts = Items.filter(({ sk }) => accounts.includes(String(sk))).map(({ amount }) => amount);
          seen.push(new Set(amounts).size);
        }
      }
    }
    const looks = [look(), look()];
    const writes = Array.from({ length: 25 }, () =>
      Promise.all([transact(accounts.map((sk) => add(sk, 1))), client.send(addition)]),
    );
    await Promise.all(writes).finally(() => {
      isOver = true;
    });
    await Promise.all(looks);
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen)).toEqual(new Set([1]));
    expect(await table.read('account-0')).toMatchObject({ amount: 26, singles: 25 });
  });

  it('lets only one of many begin what only one may begin', async () => {
    const { transact, put } = table;
    const ConditionExpression = 'attribute_not_exists(pk)';
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        transact([put('begun', {}, { ConditionExpression }), put(`winner-${index}`)]),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const winners = await Promise.all(outcomes.map((_, index) => table.read(`winner-${index}`)));
    expect(winners.map(Boolean)).toEqual(outcomes.map(({ status }) => status === 'fulfilled'));
  });
});

describe('a token of a request', () => {
  const token = (ClientRequestToken: string) => ({ ClientRequestToken });

  it('has its repetitions take effect once, until ten minutes have passed', async () => {
    let nowMs = 0;
    await using own = await startTable({ clock: { now: () => nowMs } });
    const { transact, add, read } = own;
    const repeat = () => transact([add('once', 1)], token('a'));
    await repeat();
    nowMs = 10 * 60_000 - 1;
    await repeat();
    expect(await read('once')).toMatchObject({ amount: 1 });
    await transact([add('once', 1)], token('b'));
    expect(await read('once')).toMatchObject({ amount: 2 });
    nowMs += 1;
    await repeat();
    expect(await read('once')).toMatchObject({ amount: 3 });
  });

  it('is for one transaction, and free again if that was cancelled', async () => {
    const { transact, add, put, read } = table;
    const refused = put('other', {}, { ConditionExpression: 'attribute_exists(pk)' });
    await cancellationOf(transact([refused], token('c')));
    await transact([add('other', 1)], token('c'));
    expect(await failureOf(transact([add('other', 2)], token('c')))).toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });
    expect(await read('other')).toMatchObject({ amount: 1 });
  });

  it('refuses a repetition while the first is on its way', async () => {
    const { once: runOnce } = requestTokens({ now: () => 0 });
    const { promise, resolve } = Promise.withResolvers<object>();
    const transaction = { TransactItems: [], ReturnConsumedCapacity: 'NONE' as const, ...token('d') };
    const first = runOnce(transaction, () => promise);
    expect(await failureOf(runOnce(transaction, () => promise))).toMatchObject({
      body: { __type: expect.stringContaining('TransactionInProgressException') },
    });
    const answer = {};
    resolve(answer);
    expect(await first).toBe(answer);
    expect(await runOnce(transaction, () => Promise.reject(new Error('again')))).toBe(answer);
  });
});

describe('a table in a folder', () => {
  const program = fileURLToPath(new URL('./die-in-transaction.ts', import.meta.url));

  it.each([
    ['at', [1, 2]],
    ['after', [2]],
  ])('is left with whole transactions by a kill %s a write', async (moment, possible) => {
    await using folder = await temporaryFolder();
    const { error, stdout } = await new Promise<{ error: ExecFileException | null; stdout: string }>(
      (resolve) =>
        execFile(process.execPath, [program, folder.path, moment], (failure, output) =>
          resolve({ error: failure, stdout: output }),
        ),
    );
    expect(error?.signal).toBe('SIGKILL');
    expect(stdout).toBe('1\n');

    await using emulator = await startTableEmulator({ dataFolder: folder.path });
    const { region, credentials } = localAws;
    const client = new DynamoDBClient({ region, credentials, endpoint: emulator.endpoint });
    const documents = DynamoDBDocumentClient.from(client);
    const turns = async (IndexName?: string) => {
      const { Items = [] } = await documents.send(new ScanCommand({ TableName: 'Items', IndexName }));
      return Items.map(({ turn }) => Number(turn));
    };
    const [items, indexed] = await Promise.all([turns(), turns('turns')]);
    expect(possible.map((turn) => Array.from({ length: 50 }, () => turn))).toContainEqual(items);
    expect(indexed).toEqual(items);
    client.destroy();
  });
});
