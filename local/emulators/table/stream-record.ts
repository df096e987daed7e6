import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import databases, { type Item, type ItemChange, type Table } from 'dynalite/db/index.js';
import { z } from 'zod';
import { localAws } from '../../aws/index.ts';
import { type StreamViewType, streamOf } from './stream-specification.ts';

/** A record of a table's stream, as a Lambda function gets it. */
export interface StreamRecord {
  /** The same each time that the record is delivered. */
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: {
    /** Of the write, in whole seconds since the Unix epoch. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    /** Grows from record to record, also over restarts. */
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: StreamViewType;
  };
  readonly eventSourceARN: string;
}

const keySchema = z.array(z.object({ AttributeName: z.string() }));

/** What a write tells the stream of its table; nothing if the table has none, or the item is as it was. */
export function streamRecord(
  { table, before, after }: ItemChange,
  { sequenceNumber, nowMs }: { readonly sequenceNumber: string; readonly nowMs: number },
): StreamRecord | undefined {
  const stream = streamOf(table);
  const item = after ?? before;
  if (!stream || !item || isSame(before, after)) return undefined;
  const Keys = keysOf(item, table);
  const images = imagesOf(stream.viewType, before, after);
  return {
    eventID: createHash('sha256').update(`${stream.arn} ${sequenceNumber}`).digest('hex').slice(0, 32),
    eventName: eventNameOf(before, after),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: localAws.region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(nowMs / 1000),
      Keys,
      ...images,
      SequenceNumber: sequenceNumber,
      SizeBytes: [Keys, ...Object.values(images)].reduce((sum, one) => sum + databases.itemSize(one), 0),
      StreamViewType: stream.viewType,
    },
    eventSourceARN: stream.arn,
  };
}

function eventNameOf(before: Item | undefined, after: Item | undefined): StreamRecord['eventName'] {
  if (!before) return 'INSERT';
  return after ? 'MODIFY' : 'REMOVE';
}

function keysOf(item: Item, table: Table): Item {
  const names = keySchema.parse(table['KeySchema']).map(({ AttributeName }) => AttributeName);
  return Object.fromEntries(names.flatMap((name) => (item[name] ? [[name, item[name]]] : [])));
}

function imagesOf(viewType: StreamViewType, before: Item | undefined, after: Item | undefined) {
  const isWanted = (image: StreamViewType) => viewType === image || viewType === 'NEW_AND_OLD_IMAGES';
  return {
    ...(after && isWanted('NEW_IMAGE') && { NewImage: after }),
    ...(before && isWanted('OLD_IMAGE') && { OldImage: before }),
  };
}

/** A write that changes nothing is none for the stream, as at DynamoDB. */
function isSame(before: Item | undefined, after: Item | undefined): boolean {
  return isDeepStrictEqual(before && plain(before), after && plain(after));
}

/** Without prototypes, which dynalite gives to some and not to others, and with the members of sets in one order. */
function plain(item: Item): unknown {
  return JSON.parse(JSON.stringify(item), (type, value) =>
    /^[SNB]S$/.test(type) && Array.isArray(value) ? value.toSorted() : value,
  );
}
