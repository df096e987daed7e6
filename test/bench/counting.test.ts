import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atBuild, countRequests } from '../../bench/counting/count-requests.ts';
import { itemBytes } from '../../bench/counting/item-bytes.ts';
import { type Meter, makeMeter } from '../../bench/counting/meter.ts';
import { tablePricing } from '../../bench/counting/table-pricing.ts';
import { type Services, startServices, tableName as TableName } from '../../bench/world/start-services.ts';

let services: Services;
let meter: Meter;
let client: DynamoDBClient;

beforeAll(async () => {
  services = await startServices();
  meter = makeMeter();
  client = services.makeDynamodb();
  client.middlewareStack.add(
    countRequests(meter, 'dynamodb', tablePricing(services.makeDynamodb())),
    atBuild,
  );
});

afterAll(() => services[Symbol.asyncDispose]());

const key = (sk: string) => ({ pk: { S: 'counting' }, sk: { S: sk } });
const sized = (sk: string, bytes: number) => {
  const empty = { ...key(sk), text: { S: '' } };
  return { ...empty, text: { S: 'x'.repeat(bytes - itemBytes(empty)) } };
};
const put = (sk: string, bytes: number, more: object = {}) =>
  client.send(new PutItemCommand({ TableName, Item: sized(sk, bytes), ...more }));
const ifAbsent = { ConditionExpression: 'attribute_not_exists(pk)' };

describe('what DynamoDB bills', () => {
  it('is 1 W for each KB that is begun', async () => {
    expect(await meter.during(() => put('LOG#1', 1024))).toMatchObject([{ writeUnits: 1, target: 'LOG' }]);
    expect(await meter.during(() => put('LOG#2', 1025))).toMatchObject([{ writeUnits: 2 }]);
  });

  it('is by the larger of old and new', async () => {
    await put('LOG#3', 5000);
    expect(await meter.during(() => put('LOG#3', 100))).toMatchObject([{ writeUnits: 5 }]);
    expect(await meter.during(() => put('LOG#3', 3000))).toMatchObject([{ writeUnits: 3 }]);
  });

  it('is by the whole item for an update of a part', async () => {
    await put('META', 3000);
    const update = new UpdateItemCommand({
      TableName,
      Key: key('META'),
      UpdateExpression: 'ADD nextSeq :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
    expect(await meter.during(() => client.send(update))).toMatchObject([{ writeUnits: 3, target: 'META' }]);
  });

  it('is by what is there for a refused write, and 1 W where nothing is', async () => {
    await put('LOG#4', 2500);
    const refused = () => put('LOG#4', 100, ifAbsent).catch((error: Error) => error.name);
    expect(await meter.during(refused)).toMatchObject([{ writeUnits: 3, refused: 1, count: 1 }]);
    const absent = () =>
      put('LOG#5', 5000, { ConditionExpression: 'attribute_exists(pk)' }).catch((error: Error) => error.name);
    expect(await meter.during(absent)).toMatchObject([{ writeUnits: 1, refused: 1 }]);
  });

  it('is the sum of its items for a batch of writes', async () => {
    await put('CHUNK', 4000);
    const batch = new BatchWriteItemCommand({
      RequestItems: {
        [TableName]: [
          { PutRequest: { Item: sized('LOG#6', 1500) } },
          { PutRequest: { Item: sized('LOG#7', 100) } },
          { DeleteRequest: { Key: key('CHUNK') } },
        ],
      },
    });
    expect(await meter.during(() => client.send(batch))).toMatchObject([
      { writeUnits: 2 + 1 + 4, target: 'several', count: 1 },
    ]);
  });

  it('is twice that of its items for a transaction, a check included', async () => {
    await put('MEMORY#1', 2500);
    const transaction = new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName, Item: sized('MEMORY#2', 1500) } },
        { ConditionCheck: { TableName, Key: key('MEMORY#1'), ConditionExpression: 'attribute_exists(pk)' } },
        { Delete: { TableName, Key: key('MEMORY#3') } },
      ],
    });
    expect(await meter.during(() => client.send(transaction))).toMatchObject([
      { writeUnits: 2 * (2 + 3 + 1), readUnits: 0, target: 'MEMORY', count: 1, refused: 0 },
    ]);
  });

  it('is twice what is there for a transaction that is cancelled', async () => {
    await put('MEMORY#4', 2500);
    const transaction = new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName, Item: sized('MEMORY#4', 100), ...ifAbsent } },
        { Put: { TableName, Item: sized('LOG#9', 5000) } },
      ],
    });
    const cancelled = () => client.send(transaction).catch((error: Error) => error.name);
    expect(await meter.during(cancelled)).toMatchObject([
      { writeUnits: 2 * (3 + 1), refused: 1, count: 1, target: 'several' },
    ]);
  });

  it('is 1 W to delete what is not there', async () => {
    const remove = new DeleteItemCommand({ TableName, Key: key('nothing') });
    expect(await meter.during(() => client.send(remove))).toMatchObject([{ writeUnits: 1 }]);
  });

  it('is 1 R for each 4 KB that is begun, of an item or of all that a query finds', async () => {
    await put('ARCHIVE#1', 4097);
    await put('ARCHIVE#2', 100);
    const get = new GetItemCommand({ TableName, Key: key('ARCHIVE#1'), ConsistentRead: true });
    expect(await meter.during(() => client.send(get))).toMatchObject([{ readUnits: 2, target: 'ARCHIVE' }]);
    expect(await meter.during(() => client.send(queryOf('ARCHIVE#')))).toMatchObject([{ readUnits: 2 }]);
  });

  it('is 1 R to find nothing', async () => {
    const get = new GetItemCommand({ TableName, Key: key('nothing'), ConsistentRead: true });
    expect(await meter.during(() => client.send(get))).toMatchObject([{ readUnits: 1 }]);
    expect(await meter.during(() => client.send(queryOf('nothing')))).toMatchObject([{ readUnits: 1 }]);
  });
});

const queryOf = (prefix: string) =>
  new QueryCommand({
    TableName,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': { S: 'counting' }, ':prefix': { S: prefix } },
    ConsistentRead: true,
  });

describe('the size of an item', () => {
  it('is that of its names and values', () => {
    expect(itemBytes({ pk: { S: 'abc' }, n: { N: '1234' }, yes: { BOOL: true } })).toBe(5 + 1 + 3 + 3 + 1);
    expect(itemBytes({ b: { B: Buffer.from('12345').toString('base64') } })).toBe(1 + 5);
    expect(itemBytes({ l: { L: [{ S: 'ab' }, { S: 'c' }] } })).toBe(1 + 3 + 2 + 3);
    expect(itemBytes({ m: { M: { a: { S: 'bc' } } } })).toBe(1 + 3 + 1 + 1 + 2);
  });

  it('counts strings in UTF-8', () => {
    expect(itemBytes({ a: { S: 'é' } })).toBe(3);
  });

  it('refuses types that the table does not use', () => {
    expect(() => itemBytes({ a: { SS: ['x'] } })).toThrow("'SS'");
  });
});

describe('a meter', () => {
  it('takes no note of requests that nobody measures', async () => {
    await put('LOG#8', 100);
    expect(await meter.during(async () => 'nothing')).toEqual([]);
  });

  it('refuses to measure two things at a time', async () => {
    await expect(meter.during(() => meter.during(async () => 'nothing'))).rejects.toThrow('under way');
  });
});
