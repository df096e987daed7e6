import {
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { localAws } from '../../local/aws/index.ts';
import { startTableEmulator } from '../../local/emulators/index.ts';
import { TableOutdatedError } from '../../local/errors.ts';
import { makeTables } from '../../local/resources/make-tables.ts';
import { makeResolver } from '../../local/template/resolver.ts';

const template = {
  Resources: {
    Sessions: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: {
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
          { AttributeName: 'checkShard', AttributeType: 'S' },
          { AttributeName: 'checkAtMs', AttributeType: 'N' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'due',
            KeySchema: [
              { AttributeName: 'checkShard', KeyType: 'HASH' },
              { AttributeName: 'checkAtMs', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      },
    },
  },
};
const TableName = 'Sessions';
const keyOf = (pk: string) => ({ pk: { S: pk }, sk: { S: 'META' } });

/** The table of the template, empty. */
async function world() {
  const emulator = await startTableEmulator({});
  const dynamodb = new DynamoDBClient({ ...localAws, endpoint: emulator.endpoint });
  const make = () => makeTables(template, makeResolver(template, 'test', {}), dynamodb);
  await make();
  return {
    dynamodb,
    make,
    put: (pk: string) =>
      dynamodb.send(new PutItemCommand({ TableName, Item: { ...keyOf(pk), scope: { S: 'ann' } } })),
    /** As a session is scheduled: sooner than it was, or for the first time. */
    schedule: (pk: string, shard: string, checkAtMs: number) =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key: keyOf(pk),
          UpdateExpression: 'SET checkShard = :shard, checkAtMs = :at',
          ConditionExpression:
            'attribute_exists(pk) AND (attribute_not_exists(checkAtMs) OR checkAtMs > :at)',
          ExpressionAttributeValues: { ':shard': { S: shard }, ':at': { N: String(checkAtMs) } },
        }),
      ),
    /** As a session is taken off the schedule, if it is as it was seen. */
    remove: (pk: string, seenAtMs: number) =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key: keyOf(pk),
          UpdateExpression: 'REMOVE checkShard, checkAtMs',
          ConditionExpression: 'checkAtMs = :seen',
          ExpressionAttributeValues: { ':seen': { N: String(seenAtMs) } },
        }),
      ),
    async due(shard: string, untilMs: number) {
      const { Items = [] } = await dynamodb.send(
        new QueryCommand({
          TableName,
          IndexName: 'due',
          KeyConditionExpression: 'checkShard = :shard AND checkAtMs <= :until',
          ExpressionAttributeValues: { ':shard': { S: shard }, ':until': { N: String(untilMs) } },
        }),
      );
      return Items;
    },
    async [Symbol.asyncDispose]() {
      dynamodb.destroy();
      await emulator[Symbol.asyncDispose]();
    },
  };
}

const FAR_MS = 9_999_999_999_999;
const pks = (items: readonly Record<string, { S?: string }>[]) => items.map(({ pk }) => pk?.S);

/** The template with an index of vectors of so many dimensions. */
function withVectors(dimensions: number) {
  const { Properties, ...others } = template.Resources.Sessions;
  const vectors = {
    IndexName: 'by-meaning',
    VectorAttribute: { AttributeName: 'vector' },
    Dimensions: dimensions,
    DistanceFunction: 'COSINE',
    SearchSchema: [{ AttributeName: 'vectorsIn', SearchSchemaElementType: 'HASH' }],
    Projection: { ProjectionType: 'KEYS_ONLY' },
  };
  const AttributeDefinitions = [
    ...Properties.AttributeDefinitions,
    { AttributeName: 'vectorsIn', AttributeType: 'S' },
  ];
  return {
    Resources: {
      Sessions: { ...others, Properties: { ...Properties, AttributeDefinitions, VectorIndexes: [vectors] } },
    },
  };
}

describe('a vector index of a table', () => {
  it('is made with it, and refused by a table that was made without it or with another', async () => {
    await using emulator = await startTableEmulator({});
    const dynamodb = new DynamoDBClient({ ...localAws, endpoint: emulator.endpoint });
    const make = (one: typeof template | ReturnType<typeof withVectors>) =>
      makeTables(one, makeResolver(one, 'test', {}), dynamodb);
    await make(withVectors(2));
    await make(withVectors(2));
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table?.VectorIndexes).toMatchObject([{ IndexName: 'by-meaning', Dimensions: 2 }]);
    await expect(make(withVectors(3))).rejects.toThrow(TableOutdatedError);
    await using old = await world();
    const changed = withVectors(2);
    await expect(makeTables(changed, makeResolver(changed, 'test', {}), old.dynamodb)).rejects.toThrow(
      /by-meaning is missing/,
    );
    dynamodb.destroy();
  });
});

/** The template with a stream that shows this. */
function withStream(StreamViewType: string) {
  const { Properties, ...others } = template.Resources.Sessions;
  const StreamSpecification = { StreamViewType };
  return { Resources: { Sessions: { ...others, Properties: { ...Properties, StreamSpecification } } } };
}

describe('the stream of a table', () => {
  async function streamOf(
    { dynamodb }: Awaited<ReturnType<typeof world>>,
    one: ReturnType<typeof withStream>,
  ) {
    const resolver = makeResolver(one, 'test', {});
    await makeTables(one, resolver, dynamodb);
    return resolver.resolve({ 'Fn::GetAtt': ['Sessions', 'StreamArn'] });
  }

  it('is given to a table that an earlier version made without one, with what it holds', async () => {
    await using table = await world();
    await table.put('a');
    const streamArn = await streamOf(table, withStream('NEW_IMAGE'));
    const { Table } = await table.dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      LatestStreamArn: streamArn,
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    });
    await table.schedule('a', 'shard#0', 1_000);
    expect(pks(await table.due('shard#0', FAR_MS))).toEqual(['a']);
    expect(await streamOf(table, withStream('NEW_IMAGE'))).toBe(streamArn);
  });

  it('is replaced when it is to show something else', async () => {
    await using table = await world();
    await streamOf(table, withStream('NEW_IMAGE'));
    const streamArn = await streamOf(table, withStream('NEW_AND_OLD_IMAGES'));
    const { Table } = await table.dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      LatestStreamArn: streamArn,
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });

  it('is taken from a table whose template has none', async () => {
    await using table = await world();
    await streamOf(table, withStream('NEW_IMAGE'));
    await table.make();
    const { Table } = await table.dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table).not.toHaveProperty('StreamSpecification');
  });
});

describe('an index of a table', () => {
  it('holds an item from the conditional write that gives it both keys to the one that takes them', async () => {
    await using table = await world();
    await table.put('a');
    expect(await table.due('shard#0', FAR_MS)).toEqual([]);
    await table.schedule('a', 'shard#0', 1_000);
    expect(pks(await table.due('shard#0', FAR_MS))).toEqual(['a']);
    await table.remove('a', 1_000);
    expect(await table.due('shard#0', FAR_MS)).toEqual([]);
  });

  it('is left as it was by a write whose condition fails', async () => {
    await using table = await world();
    await table.put('a');
    await table.schedule('a', 'shard#0', 1_000);
    await expect(table.schedule('a', 'shard#0', 2_000)).rejects.toThrow(/conditional/);
    await expect(table.remove('a', 999)).rejects.toThrow(/conditional/);
    expect(await table.due('shard#0', FAR_MS)).toMatchObject([{ checkAtMs: { N: '1000' } }]);
  });

  it('has an item in one place: where it was last put', async () => {
    await using table = await world();
    await table.put('a');
    await table.schedule('a', 'shard#0', 2_000);
    await table.schedule('a', 'shard#1', 1_000);
    expect(await table.due('shard#0', FAR_MS)).toEqual([]);
    expect(await table.due('shard#1', FAR_MS)).toMatchObject([{ checkAtMs: { N: '1000' } }]);
  });

  it('gives the longest due first, by number and not by text, and none that is not due', async () => {
    await using table = await world();
    for (const [pk, atMs] of [
      ['late', 10_000],
      ['soon', 9_000],
      ['now', 200],
      ['later', 1_000_000],
    ] as const) {
      await table.put(pk);
      await table.schedule(pk, 'shard#0', atMs);
    }
    expect(pks(await table.due('shard#0', 10_000))).toEqual(['now', 'soon', 'late']);
  });

  it('has the keys of its items, and nothing else of them', async () => {
    await using table = await world();
    await table.put('a');
    await table.schedule('a', 'shard#0', 1_000);
    expect(await table.due('shard#0', FAR_MS)).toEqual([
      { ...keyOf('a'), checkShard: { S: 'shard#0' }, checkAtMs: { N: '1000' } },
    ]);
  });

  it('loses an item that is deleted', async () => {
    await using table = await world();
    await table.put('a');
    await table.schedule('a', 'shard#0', 1_000);
    await table.dynamodb.send(new DeleteItemCommand({ TableName, Key: keyOf('a') }));
    expect(await table.due('shard#0', FAR_MS)).toEqual([]);
  });

  it('is refused when the table has one of that name with other keys', async () => {
    await using table = await world();
    const { Properties, ...others } = template.Resources.Sessions;
    const KeySchema = [{ AttributeName: 'checkShard', KeyType: 'HASH' }];
    const GlobalSecondaryIndexes = Properties.GlobalSecondaryIndexes.map((one) => ({ ...one, KeySchema }));
    const changed = {
      Resources: { Sessions: { ...others, Properties: { ...Properties, GlobalSecondaryIndexes } } },
    };
    await expect(makeTables(changed, makeResolver(changed, 'test', {}), table.dynamodb)).rejects.toThrow(
      TableOutdatedError,
    );
  });

  it('is kept, with what it holds, when the table is there already', async () => {
    await using table = await world();
    await table.put('a');
    await table.schedule('a', 'shard#0', 1_000);
    await table.make();
    expect(pks(await table.due('shard#0', FAR_MS))).toEqual(['a']);
  });
});
