import { z } from 'zod';
import type { Clock } from '../../lib/clock/index.ts';
import type { StreamReader, StreamRecord } from '../emulators/index.ts';
import type { LocalFunction } from './local-function.ts';

export interface StreamSourceOptions {
  readonly reader: StreamReader;
  readonly handler: LocalFunction;
  /** Of records in one invocation, 1 or more. */
  readonly batchSize: number;
  /** How long a batch that is not full waits for more records, from the first on. */
  readonly windowMs: number;
  /** Whether the handler's answer says which record is the first that failed; else an answer means that none did. */
  readonly reportsFailures: boolean;
  /** Whether a batch that fails is halved, to get past a record that fails always. */
  readonly bisects: boolean;
  /** Invocations with the same records after the first; as many as it takes unless given. */
  readonly maxRetries?: number | undefined;
  /** Older records are given up; none is unless given. */
  readonly maxAgeMs?: number | undefined;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
  /** Told of records that were given up. */
  readonly onDiscarded: (batch: DiscardedBatch) => Promise<void>;
}

/** Records that are not delivered any more. */
export interface DiscardedBatch {
  readonly records: readonly [StreamRecord, ...StreamRecord[]];
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  /** How often they were delivered. */
  readonly invocations: number;
}

interface Batch {
  readonly records: readonly StreamRecord[];
  /** Invocations with these records that failed. */
  readonly failures: number;
}

/** Before records are delivered again: doubles from the first wait to the longest. */
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 10_000;
/** On stop, the handler may continue for this time before it is killed. */
const GRACE_MS = 5_000;

const responseSchema = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/**
 * Feeds a function from a table's stream, as Lambda's event source mapping does from one shard: batch after batch, in
 * order. What failed comes again, and all behind it waits meanwhile; what is not delivered when it stops is forgotten.
 */
export function startStreamSource(options: StreamSourceOptions): AsyncDisposable {
  const { reader, handler, onError, clock } = options;
  const stop = new AbortController();
  const ended = feed(options, stop.signal).catch((error: unknown) => {
    if (error !== stop.signal.reason) onError(error);
  });
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      reader[Symbol.dispose]();
      const graceOver = new AbortController();
      clock.sleep(GRACE_MS, graceOver.signal).then(
        () => handler.killBusy().catch(onError),
        () => 'it has ended in time',
      );
      await ended;
      graceOver.abort();
    },
  };
}

async function feed(options: StreamSourceOptions, signal: AbortSignal): Promise<never> {
  for (;;) {
    let batches: readonly Batch[] = [{ records: await takeBatch(options, signal), failures: 0 }];
    while (batches.length > 0) {
      const [batch, ...others] = batches;
      const left = batch ? await deliver(options, batch, signal) : [];
      batches = [...left, ...others];
    }
  }
}

async function takeBatch(
  { reader, batchSize, windowMs, clock }: StreamSourceOptions,
  signal: AbortSignal,
): Promise<StreamRecord[]> {
  await reader.untilSome(signal);
  const records = reader.take(batchSize);
  if (windowMs > 0 && records.length < batchSize) {
    await clock.sleep(windowMs, signal);
    records.push(...reader.take(batchSize - records.length));
  }
  return records;
}

/** @returns what is to be delivered next, in order. @throws the signal's reason. */
async function deliver(options: StreamSourceOptions, batch: Batch, signal: AbortSignal): Promise<Batch[]> {
  signal.throwIfAborted();
  const { handler, bisects, maxRetries = Number.POSITIVE_INFINITY, clock, onError } = options;
  const records = await withoutAged(options, batch);
  if (records.length === 0) return [];
  const failed = await invoke(handler, records, options.reportsFailures).catch((error: unknown) => {
    onError(error);
    return 0;
  });
  if (failed === undefined) return [];
  signal.throwIfAborted();
  const left = records.slice(failed);
  const failures = failed > 0 ? 1 : batch.failures + 1;
  await clock.sleep(Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), MAX_PAUSE_MS), signal);
  if (bisects && failed === 0 && left.length > 1) return halves(left, failures);
  if (failures <= maxRetries) return [{ records: left, failures }];
  await discard(options, left, 'RetryAttemptsExhausted', failures);
  return [];
}

/** A batch that is halved has not been tried again. */
function halves(records: readonly StreamRecord[], failures: number): Batch[] {
  const middle = Math.ceil(records.length / 2);
  return [records.slice(0, middle), records.slice(middle)].map((half) => ({
    records: half,
    failures: failures - 1,
  }));
}

/** @returns the place of the first record that failed, or undefined. @throws Error for a whole batch that failed. */
async function invoke(
  handler: LocalFunction,
  records: readonly StreamRecord[],
  reportsFailures: boolean,
): Promise<number | undefined> {
  const answer = await handler.invoke({ Records: records });
  if (!reportsFailures) return undefined;
  const response = responseSchema.safeParse(answer);
  const places = (response.data?.batchItemFailures ?? []).map(({ itemIdentifier }) =>
    records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier),
  );
  if (!response.success || places.includes(-1))
    throw new Error(
      `${handler.name} gave a batch response that is not understood; the whole batch has failed`,
    );
  return places.length > 0 ? Math.min(...places) : undefined;
}

async function withoutAged(options: StreamSourceOptions, { records, failures }: Batch) {
  const { maxAgeMs, clock } = options;
  if (maxAgeMs === undefined) return records;
  const oldest = clock.now() - maxAgeMs;
  const isAged = ({ dynamodb }: StreamRecord) => dynamodb.ApproximateCreationDateTime * 1000 < oldest;
  await discard(options, records.filter(isAged), 'RecordAgeExceeded', failures);
  return records.filter((record) => !isAged(record));
}

async function discard(
  { handler, onError, onDiscarded }: StreamSourceOptions,
  [first, ...others]: readonly StreamRecord[],
  condition: DiscardedBatch['condition'],
  invocations: number,
): Promise<void> {
  if (!first) return;
  onError(new Error(`${handler.name} does not get ${others.length + 1} records any more: ${condition}`));
  await onDiscarded({ records: [first, ...others], condition, invocations }).catch(onError);
}
