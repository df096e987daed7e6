import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  type StreamViewType,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { tableDefinition } from '../../lib/table/index.ts';
import { localAws } from '../../local/aws/index.ts';
import { startTableEmulator } from '../../local/emulators/index.ts';
import { recordQueue } from '../../local/emulators/table/record-queue.ts';
import type { StreamRecord } from '../../local/emulators/table/stream-record.ts';
import { temporaryFolder } from './temporary-folder.ts';

const TableName = 'Sessions';
const NOW_MS = Date.UTC(2026, 2, 4, 5, 6, 7, 89);
const key = (sk: string) => ({ pk: { S: 'p' }, sk: { S: sk } });
const item = (sk: string, n: number) => ({ ...key(sk), n: { N: String(n) } });

async function world(
  options: { readonly dataFolder?: string; readonly viewType?: StreamViewType | 'none' } = {},
) {
  const { viewType = 'NEW_AND_OLD_IMAGES', ...others } = options;
  const emulator = await startTableEmulator({ ...others, clock: { now: () => NOW_MS } });
  const dynamodb = new DynamoDBClient({ ...localAws, endpoint: emulator.endpoint, maxAttempts: 1 });
  const describeTable = async () =>
    (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table ?? {};
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName })).catch(async () => {
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        ...tableDefinition(),
        ...(viewType !== 'none' && {
          StreamSpecification: { StreamEnabled: true, StreamViewType: viewType },
        }),
      }),
    );
    await waitUntilTableExists(
      { client: dynamodb, minDelay: 0.02, maxDelay: 0.02, maxWaitTime: 300 },
      { TableName },
    );
    return { Table: await describeTable() };
  });
  const reader = emulator.streams.read({ streamArn: Table?.LatestStreamArn ?? '' });
  return {
    dynamodb,
    emulator,
    describeTable,
    streamArn: Table?.LatestStreamArn ?? '',
    put: (sk: string, n: number) => dynamodb.send(new PutItemCommand({ TableName, Item: item(sk, n) })),
    update: (sk: string, n: number, condition = 'attribute_exists(pk)') =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key: key(sk),
          UpdateExpression: 'SET n = :n',
          ConditionExpression: condition,
          ExpressionAttributeValues: { ':n': { N: String(n) } },
        }),
      ),
    remove: (sk: string) => dynamodb.send(new DeleteItemCommand({ TableName, Key: key(sk) })),
    taken: () => reader.take(1_000),
    /** What happened, and to which number. */
    seen: () =>
      reader
        .take(1_000)
        .map(({ eventName, dynamodb: { Keys, OldImage, NewImage } }) => [
          eventName,
          Object.values(Keys['sk'] ?? {})[0],
          Object.values(OldImage?.['n'] ?? {})[0],
          Object.values(NewImage?.['n'] ?? {})[0],
        ]),
    async [Symbol.asyncDispose]() {
      dynamodb.destroy();
      await emulator[Symbol.asyncDispose]();
    },
  };
}

describe('the stream of a local table', () => {
  it('is in the description of a table that is created with one, and of no other', async () => {
    await using table = await world();
    const stream = {
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      LatestStreamLabel: '2026-03-04T05:06:07.089',
      LatestStreamArn:
        'arn:aws:dynamodb:us-east-1:000000000000:table/Sessions/stream/2026-03-04T05:06:07.089',
    };
    expect(await table.describeTable()).toMatchObject(stream);
    await using plain = await world({ viewType: 'none' });
    const described = await plain.describeTable();
    for (const name of Object.keys(stream)) expect(described).not.toHaveProperty(name);
  });

  it('has a record of each put, update and delete, with the item before and after, in order', async () => {
    await using table = await world();
    await table.put('a', 1);
    await table.update('a', 2);
    await table.put('a', 3);
    await table.remove('a');
    expect(table.seen()).toEqual([
      ['INSERT', 'a', undefined, '1'],
      ['MODIFY', 'a', '1', '2'],
      ['MODIFY', 'a', '2', '3'],
      ['REMOVE', 'a', '3', undefined],
    ]);
  });

  it('gives records as a function of Lambda gets them', async () => {
    await using table = await world();
    await table.put('a', 1);
    await table.put('a', 2);
    const [first, second] = table.taken();
    expect(second).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: table.streamArn,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(NOW_MS / 1000),
        Keys: key('a'),
        NewImage: item('a', 2),
        OldImage: item('a', 1),
        SequenceNumber: expect.stringMatching(/^\d{21}$/),
        SizeBytes: 6 + 2 * 9,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
    expect(first?.eventID).not.toBe(second?.eventID);
    expect(BigInt(second?.dynamodb.SequenceNumber ?? 0)).toBeGreaterThan(
      BigInt(first?.dynamodb.SequenceNumber ?? 0),
    );
  });

  it('has no record of a write that is refused, or changes nothing', async () => {
    await using table = await world();
    await table.put('a', 1);
    table.taken();
    await table.put('a', 1);
    await table.update('a', 1);
    await table.remove('not-there');
    await expect(table.update('a', 2, 'attribute_not_exists(pk)')).rejects.toThrow(/conditional/);
    expect(table.seen()).toEqual([]);
  });

  it('takes the same members in another order for the same set', async () => {
    await using table = await world();
    const put = (members: string[]) =>
      table.dynamodb.send(new PutItemCommand({ TableName, Item: { ...key('a'), set: { SS: members } } }));
    await put(['x', 'y']);
    await put(['y', 'x']);
    await put(['y', 'z']);
    expect(table.taken()).toMatchObject([{ eventName: 'INSERT' }, { eventName: 'MODIFY' }]);
  });

  it('has the writes of a batch', async () => {
    await using table = await world();
    await table.put('b', 1);
    await table.dynamodb.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [TableName]: [{ PutRequest: { Item: item('a', 1) } }, { DeleteRequest: { Key: key('b') } }],
        },
      }),
    );
    expect(table.seen()).toEqual([
      ['INSERT', 'b', undefined, '1'],
      ['INSERT', 'a', undefined, '1'],
      ['REMOVE', 'b', '1', undefined],
    ]);
  });

  it('has the writes of a transaction that is done, and nothing of its checks', async () => {
    await using table = await world();
    await table.put('b', 1);
    await table.put('c', 1);
    await table.put('d', 1);
    table.taken();
    await table.dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: item('a', 1) } },
          { Delete: { TableName, Key: key('b') } },
          {
            Update: {
              TableName,
              Key: key('c'),
              UpdateExpression: 'SET n = :two',
              ExpressionAttributeValues: { ':two': { N: '2' } },
            },
          },
          { ConditionCheck: { TableName, Key: key('d'), ConditionExpression: 'attribute_exists(pk)' } },
        ],
      }),
    );
    expect(table.seen()).toEqual([
      ['INSERT', 'a', undefined, '1'],
      ['REMOVE', 'b', '1', undefined],
      ['MODIFY', 'c', '1', '2'],
    ]);
  });

  it('has nothing of a transaction that is cancelled', async () => {
    await using table = await world();
    const cancelled = table.dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: item('a', 1) } },
          { ConditionCheck: { TableName, Key: key('b'), ConditionExpression: 'attribute_exists(pk)' } },
        ],
      }),
    );
    await expect(cancelled).rejects.toThrow(/cancelled/);
    await table.put('c', 1);
    expect(table.seen()).toEqual([['INSERT', 'c', undefined, '1']]);
  });

  it('has the writes of one item in their order, however many are sent at once', async () => {
    await using table = await world();
    await table.put('a', 0);
    await Promise.all(Array.from({ length: 40 }, (_, index) => table.put('a', index + 1)));
    const seen = table.seen();
    expect(seen).toHaveLength(41);
    const afters = seen.map(([, , , after]) => after);
    expect(seen.slice(1).map(([, , before]) => before)).toEqual(afters.slice(0, -1));
  });

  it.each([
    ['KEYS_ONLY', []],
    ['NEW_IMAGE', ['NewImage']],
    ['OLD_IMAGE', ['OldImage']],
    ['NEW_AND_OLD_IMAGES', ['NewImage', 'OldImage']],
  ] as const)('shows of an item what %s says', async (viewType, images) => {
    await using table = await world({ viewType });
    await table.put('a', 1);
    await table.put('a', 2);
    const [, modified] = table.taken();
    expect(Object.keys(modified?.dynamodb ?? {}).filter((name) => name.endsWith('Image'))).toEqual(images);
  });

  it('begins and ends with an update of its table', async () => {
    await using table = await world({ viewType: 'none' });
    const update = (StreamSpecification: { StreamEnabled: boolean; StreamViewType?: StreamViewType }) =>
      table.dynamodb.send(new UpdateTableCommand({ TableName, StreamSpecification }));
    const { TableDescription } = await update({ StreamEnabled: true, StreamViewType: 'NEW_IMAGE' });
    expect((await table.describeTable()).LatestStreamArn).toBe(TableDescription?.LatestStreamArn);
    using reader = table.emulator.streams.read({ streamArn: TableDescription?.LatestStreamArn ?? '' });
    await table.put('a', 1);
    expect(reader.take(10)).toHaveLength(1);
    await expect(update({ StreamEnabled: true, StreamViewType: 'NEW_IMAGE' })).rejects.toThrow(
      /already has an enabled stream/,
    );
    await update({ StreamEnabled: false });
    await table.put('a', 2);
    expect(reader.take(10)).toEqual([]);
    expect(await table.describeTable()).not.toHaveProperty('StreamSpecification');
  });

  it('cannot be had without saying what its records show', async () => {
    await using table = await world({ viewType: 'none' });
    const update = table.dynamodb.send(
      new UpdateTableCommand({ TableName, StreamSpecification: { StreamEnabled: true } }),
    );
    await expect(update).rejects.toThrow(/StreamViewType/);
  });

  it('goes on with its table after a restart, without what was not read before', async () => {
    await using folder = await temporaryFolder();
    const dataFolder = folder.path;
    await using first = await world({ dataFolder });
    await first.put('a', 1);
    await first[Symbol.asyncDispose]();
    await using second = await world({ dataFolder });
    expect(second.streamArn).toBe(first.streamArn);
    await second.put('a', 2);
    expect(second.seen()).toEqual([['MODIFY', 'a', '1', '2']]);
  });

  it('keeps for a reader what it accepts, from the moment it reads', async () => {
    await using table = await world();
    await table.put('wanted', 1);
    using reader = table.emulator.streams.read({
      streamArn: table.streamArn,
      accepts: ({ dynamodb }) => dynamodb.Keys['sk'] !== undefined && 'n' in (dynamodb.NewImage ?? {}),
    });
    await table.put('wanted', 2);
    await table.dynamodb.send(new PutItemCommand({ TableName, Item: key('other') }));
    expect(reader.take(10).map(({ dynamodb }) => dynamodb.NewImage)).toEqual([item('wanted', 2)]);
  });
});

describe('what a reader has not taken yet', () => {
  const record = (n: number, SizeBytes = 1) =>
    ({ eventID: String(n), dynamodb: { SizeBytes } }) as unknown as StreamRecord;
  const idsOf = (records: readonly StreamRecord[]) => records.map(({ eventID }) => Number(eventID));

  it('is at most 10,000 records, of which the oldest are dropped', () => {
    const dropped: number[] = [];
    const queue = recordQueue((count) => dropped.push(count));
    for (let n = 1; n <= 10_002; n += 1) queue.add(record(n));
    expect(dropped).toEqual([1, 1]);
    expect(idsOf(queue.take(2))).toEqual([3, 4]);
    expect(queue.take(20_000)).toHaveLength(9_998);
  });

  it('is at most 64 MiB', () => {
    const dropped: number[] = [];
    const queue = recordQueue((count) => dropped.push(count));
    for (let n = 1; n <= 4; n += 1) queue.add(record(n, 20 * 1024 * 1024));
    queue.add(record(5, 40 * 1024 * 1024));
    expect(dropped).toEqual([1, 2]);
    expect(idsOf(queue.take(10))).toEqual([4, 5]);
  });

  it('wakes who waits for it, and not before', async () => {
    const queue = recordQueue(() => undefined);
    const stop = new AbortController();
    const woken = queue.untilSome(stop.signal).then(() => idsOf(queue.take(10)));
    queue.add(record(1));
    expect(await woken).toEqual([1]);
    const waiting = queue.untilSome(stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});
