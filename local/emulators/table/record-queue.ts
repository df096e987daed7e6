import { untilAborted } from '../../../lib/clock/index.ts';
import type { StreamRecord } from './stream-record.ts';

/** What one reader has not taken yet: at most 10,000 records of 64 MiB together. The oldest are dropped beyond. */
export interface RecordQueue {
  add(record: StreamRecord): void;
  /** Takes the oldest records, at most `max`; none when none is there. */
  take(max: number): StreamRecord[];
  /** Waits until a record is there. @throws the signal's reason. */
  untilSome(signal: AbortSignal): Promise<void>;
}

/** Beyond, whoever reads has long stopped, and what it has not read is of no more use. */
const MAX_RECORDS = 10_000;
const MAX_BYTES = 64 * 1024 * 1024;

export function recordQueue(onDropped: (count: number) => void): RecordQueue {
  const records: StreamRecord[] = [];
  let bytes = 0;
  let wake: () => void = () => undefined;

  function shift(count: number): StreamRecord[] {
    const taken = records.splice(0, count);
    for (const { dynamodb } of taken) bytes -= dynamodb.SizeBytes;
    return taken;
  }

  return {
    add(record) {
      records.push(record);
      bytes += record.dynamodb.SizeBytes;
      let dropped = 0;
      while (records.length > MAX_RECORDS || bytes > MAX_BYTES) dropped += shift(1).length;
      if (dropped > 0) onDropped(dropped);
      wake();
    },
    take: shift,
    async untilSome(signal) {
      while (records.length === 0) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await untilAborted(promise, signal);
      }
    },
  };
}
