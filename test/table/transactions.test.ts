import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestTable } from '../support/table-at.ts';
import { testTable } from '../support/test-table.ts';

type Operation = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

let table: TestTable;
beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const key = (sk: string) => ({ pk: 'p', sk });
const ofTable = <T extends object>(request: T) => ({ TableName: table.tableName, ...request });
const put = (sk: string, more: object = {}, rest: object = {}): Operation => ({
  Put: ofTable({ Item: { ...key(sk), ...more }, ...rest }),
});
const remove = (sk: string, rest: object = {}): Operation => ({ Delete: ofTable({ Key: key(sk), ...rest }) });
const check = (sk: string, ConditionExpression: string, rest: object = {}): Operation => ({
  ConditionCheck: ofTable({ Key: key(sk), ConditionExpression, ...rest }),
});
const add = (sk: string, amount: number, rest: object = {}): Operation => ({
  Update: ofTable({
    Key: key(sk),
    UpdateExpression: 'ADD amount :amount',
    ExpressionAttributeValues: { ':amount': amount },
    ...rest,
  }),
});

const transact = (TransactItems: Operation[], rest: object = {}) =>
  table.client.send(new TransactWriteCommand({ TransactItems, ...rest }));

async function read(sk: string): Promise<Record<string, unknown> | undefined> {
  const { client, tableName: TableName } = table;
  return (await client.send(new GetCommand({ TableName, Key: key(sk), ConsistentRead: true }))).Item;
}

async function write(sk: string, more: object = {}) {
  const Item = { ...key(sk), ...more };
  await table.client.send(new PutCommand({ TableName: table.tableName, Item }));
}

async function failureOf(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof Error) return error;
  throw new Error('no error was thrown', { cause: error });
}

async function cancellationOf(work: Promise<unknown>): Promise<TransactionCanceledException> {
  const error = await failureOf(work);
  if (error instanceof TransactionCanceledException) return error;
  throw error;
}

const codesOf = ({ CancellationReasons = [] }: TransactionCanceledException) =>
  CancellationReasons.map(({ Code }) => Code);

describe('a transaction', () => {
  it('checks, puts, updates and deletes, all at once', async () => {
    await Promise.all([
      write('all-checked', { is: 'there' }),
      write('all-counted', { amount: 1 }),
      write('all-old'),
    ]);
    await transact([
      check('all-checked', 'attribute_exists(pk)'),
      put('all-new', { text: 'hello' }),
      add('all-counted', 2),
      add('all-begun', 5),
      remove('all-old'),
    ]);
    expect(await read('all-checked')).toEqual({ ...key('all-checked'), is: 'there' });
    expect(await read('all-new')).toEqual({ ...key('all-new'), text: 'hello' });
    expect(await read('all-counted')).toEqual({ ...key('all-counted'), amount: 3 });
    expect(await read('all-begun')).toEqual({ ...key('all-begun'), amount: 5 });
    expect(await read('all-old')).toBeUndefined();
  });

  it('of a hundred operations is done', async () => {
    await transact(Array.from({ length: 100 }, (_, index) => put(`hundred-${index}`)));
    expect(await read('hundred-0')).toBeDefined();
    expect(await read('hundred-99')).toBeDefined();
  });

  it('does nothing when one condition does not hold, and says which', async () => {
    await write('none-there', { amount: 1 });
    const error = await cancellationOf(
      transact([
        put('none-new'),
        put('none-there', {}, { ConditionExpression: 'attribute_not_exists(pk)' }),
        add('none-counted', 1),
        check('none-missing', 'attribute_exists(pk)'),
      ]),
    );
    expect(codesOf(error)).toEqual(['None', 'ConditionalCheckFailed', 'None', 'ConditionalCheckFailed']);
    expect(error.message).toMatch(
      /^Transaction cancelled, please refer cancellation reasons for specific reasons \[None, ConditionalCheckFailed, None, ConditionalCheckFailed\]/,
    );
    expect(await read('none-new')).toBeUndefined();
    expect(await read('none-counted')).toBeUndefined();
    expect(await read('none-there')).toEqual({ ...key('none-there'), amount: 1 });
  });

  it('compares with values and names as an ordinary write does', async () => {
    await write('compared', { amount: 3 });
    const atLeast = (value: number) => ({
      ConditionExpression: '#amount >= :value',
      ExpressionAttributeNames: { '#amount': 'amount' },
      ExpressionAttributeValues: { ':value': value },
    });
    await transact([
      remove('compared-not'),
      { ConditionCheck: ofTable({ Key: key('compared'), ...atLeast(3) }) },
    ]);
    const error = await cancellationOf(transact([remove('compared', atLeast(4))]));
    expect(codesOf(error)).toEqual(['ConditionalCheckFailed']);
    expect(await read('compared')).toBeDefined();
  });

  it('keeps the indexes as ordinary writes do', async () => {
    const listed = async () => {
      const { Items = [] } = await table.client.send(
        new QueryCommand({
          TableName: table.tableName,
          IndexName: 'due',
          KeyConditionExpression: 'checkShard = :shard',
          ExpressionAttributeValues: { ':shard': 'CHECK#transactions' },
        }),
      );
      return Items.map(({ sk, checkAtMs }) => [sk, checkAtMs]);
    };
    const at = (checkAtMs: number) => ({ checkShard: 'CHECK#transactions', checkAtMs });
    await transact([put('index-1', at(1)), put('index-2', at(2)), put('index-3', at(3)), put('index-not')]);
    expect(await listed()).toEqual([
      ['index-1', 1],
      ['index-2', 2],
      ['index-3', 3],
    ]);
    await transact([
      remove('index-1'),
      { Update: ofTable({ Key: key('index-2'), UpdateExpression: 'REMOVE checkShard' }) },
      put('index-3', at(30)),
      put('index-not', at(4)),
    ]);
    expect(await listed()).toEqual([
      ['index-not', 4],
      ['index-3', 30],
    ]);
  });

  it.each<[string, () => Operation[]]>([
    ['a hundred and one', () => Array.from({ length: 101 }, (_, index) => put(`many-${index}`))],
    ['two of one item', () => [put('twice'), check('twice', 'attribute_exists(pk)')]],
  ])('of %s is refused', async (_what, operations) => {
    expect(await failureOf(transact(operations()))).toMatchObject({ name: 'ValidationException' });
    expect(await read('twice')).toBeUndefined();
  });

  it('in a table that is not there is refused', async () => {
    const elsewhere = { Put: { TableName: 'nowhere', Item: key('here') } };
    const error = await failureOf(transact([put('beside'), elsewhere]));
    expect(error).toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await read('beside')).toBeUndefined();
  });
});
