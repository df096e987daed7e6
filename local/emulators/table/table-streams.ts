import type { ItemChange } from 'dynalite/db/index.js';
import type { Clock } from '../../../lib/clock/index.ts';
import { type RecordQueue, recordQueue } from './record-queue.ts';
import { type StreamRecord, streamRecord } from './stream-record.ts';

/** A place at which records of a stream wait for one reader; it gets what is written until it is disposed of. */
export type StreamReader = Omit<RecordQueue, 'add'> & Disposable;

export interface StreamReaderOptions {
  readonly streamArn: string;
  /** Which records wait; all of them unless given. */
  readonly accepts?: (record: StreamRecord) => boolean;
  /** Told how many records were dropped, the oldest, because their reader did not come for them. */
  readonly onDropped?: (count: number) => void;
}

/** The streams of all tables of an emulator, in memory. */
export interface TableStreams {
  /** Reads what is written from here on. */
  read(options: StreamReaderOptions): StreamReader;
}

/** Room for the records of a hundred milliseconds, behind the milliseconds since the Unix epoch; 21 digits, as at AWS. */
const SEQUENCE_ROOM = 10n ** 8n;

/** @returns the streams, and what they are told of each write that has succeeded, in order. */
export function tableStreams({ now }: Pick<Clock, 'now'>): TableStreams & {
  add(change: ItemChange): void;
} {
  const readers = new Set<{
    readonly accepts: (record: StreamRecord) => boolean;
    readonly queue: RecordQueue;
  }>();
  let sequence = BigInt(now()) * SEQUENCE_ROOM;
  return {
    add(change) {
      sequence += 1n;
      const record = streamRecord(change, { sequenceNumber: String(sequence), nowMs: now() });
      if (!record) return;
      for (const { accepts, queue } of readers) if (accepts(record)) queue.add(record);
    },
    read({ streamArn, accepts = () => true, onDropped = () => undefined }) {
      const queue = recordQueue(onDropped);
      const reader = {
        queue,
        accepts: (record: StreamRecord) => record.eventSourceARN === streamArn && accepts(record),
      };
      readers.add(reader);
      const { take, untilSome } = queue;
      return { take, untilSome, [Symbol.dispose]: () => void readers.delete(reader) };
    },
  };
}
