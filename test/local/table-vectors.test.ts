import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  SearchVectorsCommand,
  type SearchVectorsCommandInput,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { tableDefinition } from '../../lib/table/index.ts';
import { localAws } from '../../local/aws/index.ts';
import { startTableEmulator, type TableEmulatorOptions } from '../../local/emulators/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

const TableName = 'Sessions';
const IndexName = 'by-meaning-2';
const key = (sk: string) => ({ pk: 'p', sk });
const item = (sk: string, vector2: unknown, vectorsIn: unknown = 'here') => ({
  ...key(sk),
  vectorsIn,
  vector2,
});

/** A table of vectors with two dimensions, on an emulator of its own. */
async function world(options: TableEmulatorOptions = {}) {
  const { endpoint, ...emulator } = await startTableEmulator(options);
  const dynamodb = new DynamoDBClient({ ...localAws, endpoint });
  const client = DynamoDBDocumentClient.from(dynamodb);
  const search = async (more: Partial<SearchVectorsCommandInput> = {}) => {
    const { SearchResults = [] } = await client.send(
      new SearchVectorsCommand({
        TableName,
        IndexName,
        SearchVector: [1, 0],
        TopK: 10,
        SearchConditionExpression: 'vectorsIn = :in',
        ExpressionAttributeValues: { ':in': 'here' },
        ...more,
      }),
    );
    return SearchResults;
  };
  return {
    client,
    search,
    async create(definition: object = tableDefinition({ dimensions: 2 })) {
      const request = { TableName, ...tableDefinition({ dimensions: 2 }), ...definition };
      await dynamodb.send(new CreateTableCommand(request));
      await waitUntilTableExists(
        { client: dynamodb, minDelay: 0.02, maxDelay: 0.02, maxWaitTime: 300 },
        { TableName },
      );
    },
    remove: () => dynamodb.send(new DeleteTableCommand({ TableName })),
    put: (Item: object) => client.send(new PutCommand({ TableName, Item: { ...Item } })),
    async found(more: Partial<SearchVectorsCommandInput> = {}) {
      return (await search(more)).map(({ Item }) => Item?.['sk']);
    },
    async [Symbol.asyncDispose]() {
      dynamodb.destroy();
      await emulator[Symbol.asyncDispose]();
    },
  };
}

async function tableWorld() {
  const made = await world();
  await made.create();
  return made;
}

const WRONG_SIZE = /Invalid size for parameter vector2, Expected: 2, Actual: 3. IndexName: by-meaning-2/;

describe('a vector index of the local table', () => {
  it('gives the nearest first, with the cosine distance and the keys, and no vector', async () => {
    await using table = await tableWorld();
    await table.put(item('opposite', [-3, 0]));
    await table.put(item('across', [0, 0.5]));
    await table.put(item('same', [2, 0]));
    await table.put({ ...item('between', [1, 1]), text: 'not projected' });
    expect(await table.search()).toEqual([
      { Item: { ...key('same'), vectorsIn: 'here' }, Score: 0 },
      { Item: { ...key('between'), vectorsIn: 'here' }, Score: expect.closeTo(1 - Math.SQRT1_2, 6) },
      { Item: { ...key('across'), vectorsIn: 'here' }, Score: 1 },
      { Item: { ...key('opposite'), vectorsIn: 'here' }, Score: 2 },
    ]);
  });

  it('has no items without a vector or without a partition, and none of another partition', async () => {
    await using table = await tableWorld();
    await table.put({ ...key('no-vector'), vectorsIn: 'here' });
    await table.put({ ...key('no-partition'), vector2: [1, 0] });
    await table.put(item('elsewhere', [1, 0], 'here-too'));
    await table.put(item('found', [1, 0]));
    expect(await table.found()).toEqual(['found']);
  });

  it('loses a vector with its item, with its attribute, and with its table', async () => {
    await using table = await tableWorld();
    await table.put(item('a', [1, 0]));
    await table.put(item('b', [1, 0]));
    await table.put(key('a'));
    await table.client.send(
      new UpdateCommand({ TableName, Key: key('b'), UpdateExpression: 'REMOVE vectorsIn' }),
    );
    expect(await table.found()).toEqual([]);
    await table.put(item('c', [1, 0]));
    await table.remove();
    await expect
      .poll(() =>
        table.create().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    expect(await table.found()).toEqual([]);
  });

  it('has both of two items of which dynalite gives the same hash', async () => {
    await using table = await tableWorld();
    // The first 24 bits of MD5, salted as dynalite salts it, are e5b850 for both.
    for (const name of ['item-2335', 'item-2661']) await table.put(item(name, [1, 0]));
    expect(await table.found()).toEqual(['item-2335', 'item-2661']);
  });

  it.each([
    ['a put', (Item: object) => new PutCommand({ TableName, Item: { ...Item } })],
    [
      'an update',
      ({ vector2 }: { vector2: unknown }) =>
        new UpdateCommand({
          TableName,
          Key: key('a'),
          UpdateExpression: 'SET vector2 = :vector',
          ExpressionAttributeValues: { ':vector': vector2 },
        }),
    ],
    [
      'a batch',
      (Item: object) => {
        const requests = [{ ...key('first') }, { ...Item }].map((one) => ({ PutRequest: { Item: one } }));
        return new BatchWriteCommand({ RequestItems: { [TableName]: requests } });
      },
    ],
  ] as const)('refuses %s with a vector of another length, and writes nothing', async (_name, command) => {
    await using table = await tableWorld();
    await table.put(item('a', [0, 1]));
    const send = table.client.send.bind(table.client) as (one: unknown) => Promise<unknown>;
    await expect(send(command(item('a', [1, 2, 3])))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(WRONG_SIZE),
    });
    expect(await table.search()).toMatchObject([{ Item: key('a'), Score: 1 }]);
  });

  it('cancels a transaction for such a vector, of a put and of an update', async () => {
    await using table = await tableWorld();
    const Update = {
      TableName,
      Key: key('b'),
      UpdateExpression: 'SET vector2 = :vector',
      ExpressionAttributeValues: { ':vector': [1] },
    };
    const Put = { TableName, Item: item('a', [1, 2, 3]) };
    const none = { Put: { TableName, Item: item('c', [1, 0]) } };
    const transact = new TransactWriteCommand({ TransactItems: [{ Put }, { Update }, none] });
    await expect(table.client.send(transact)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [
        { Code: 'ValidationError', Message: expect.stringMatching(WRONG_SIZE) },
        { Code: 'ValidationError', Message: expect.stringContaining('Actual: 1.') },
        { Code: 'None' },
      ],
    });
    expect(await table.found()).toEqual([]);
  });

  it('refuses what is no list of numbers, and a partition that is no string', async () => {
    await using table = await tableWorld();
    await expect(table.put(item('a', 'text'))).rejects.toThrow(
      'Invalid type for parameter vector2, Expected: L',
    );
    await expect(table.put(item('a', [1, 'x']))).rejects.toThrow(
      'Invalid type for parameter vector2[1], Expected: N, Actual: S',
    );
    await expect(table.put(item('a', [1, 0], 5))).rejects.toThrow('Type mismatch for Index Key vectorsIn');
  });

  it.each([
    [{ TopK: 0 }, 'out of valid range'],
    [{ TopK: 101 }, "Provided TopK value '101' is out of valid range"],
    [{ SearchVector: [1] }, 'Input search vector dimension 1 does not match vector index dimension 2'],
    [{ SearchConditionExpression: undefined, ExpressionAttributeValues: undefined }, 'must be provided when'],
    [
      { SearchConditionExpression: 'vectorsIn > :in' },
      'Invalid comparator used in SearchConditionExpression',
    ],
    [{ SearchConditionExpression: 'pk = :in' }, 'must give the HASH key vectorsIn'],
    [{ IndexName: 'by-meaning-3' }, 'The table does not have the specified index: by-meaning-3'],
  ])('refuses a search that AWS refuses: %o', async (more, message) => {
    await using table = await tableWorld();
    await expect(table.search(more)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });

  it('is searched only where it is: not in another table, and not by a query', async () => {
    await using table = await tableWorld();
    await expect(table.search({ TableName: 'Others' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const query = new QueryCommand({
      TableName,
      IndexName,
      KeyConditionExpression: 'vectorsIn = :in',
      ExpressionAttributeValues: { ':in': 'here' },
    });
    await expect(table.client.send(query)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('gives the attributes that are asked for, of those that are projected', async () => {
    await using table = await tableWorld();
    await table.put({ ...item('a', [1, 0]), text: 'not projected' });
    const [found] = await table.search({
      ProjectionExpression: '#sk, vector2, text',
      ExpressionAttributeNames: { '#sk': 'sk' },
    });
    expect(found?.Item).toEqual({ sk: 'a', vector2: [1, 0] });
  });

  it('is described with its table, beside the others', async () => {
    await using table = await tableWorld();
    const { Table } = await table.client.send(new DescribeTableCommand({ TableName }));
    expect(Table?.VectorIndexes).toEqual([
      {
        ...tableDefinition({ dimensions: 2 }).VectorIndexes?.[0],
        IndexStatus: 'ACTIVE',
        IndexArn: expect.stringMatching(/:table\/Sessions\/index\/by-meaning-2$/),
      },
    ]);
    expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName: name }) => name)).toEqual([
      'due',
      'lists',
      'scopes',
    ]);
  });

  it('must have its partition among the attributes, a name of its own, and a table on demand', async () => {
    await using table = await world();
    const [vectors] = tableDefinition({ dimensions: 2 }).VectorIndexes ?? [];
    const { AttributeDefinitions } = tableDefinition();
    await expect(table.create({ AttributeDefinitions })).rejects.toThrow(
      'One element in SearchSchema is not defined in attribute definitions',
    );
    await expect(table.create({ VectorIndexes: [{ ...vectors, IndexName: 'due' }] })).rejects.toThrow(
      'Duplicate index name: due',
    );
    await expect(
      table.create({
        BillingMode: 'PROVISIONED',
        ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
      }),
    ).rejects.toThrow('PAY_PER_REQUEST');
  });

  it('is kept in a folder, with its vectors', async () => {
    await using folder = await temporaryFolder();
    {
      await using table = await world({ dataFolder: folder.path });
      await table.create();
      await table.put(item('a', [1, 0]));
    }
    await using table = await world({ dataFolder: folder.path });
    expect(await table.found()).toEqual(['a']);
  });
});
