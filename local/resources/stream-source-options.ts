import { randomUUID } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import type { Clock } from '../../lib/clock/index.ts';
import { arnOf } from '../aws/index.ts';
import type { StreamRecord, TableStreams } from '../emulators/index.ts';
import { TemplateError } from '../errors.ts';
import { eventPattern } from '../lambda/event-pattern.ts';
import type { LocalFunction } from '../lambda/local-function.ts';
import type { DiscardedBatch, StreamSourceOptions } from '../lambda/stream-source.ts';
import type { TypedResource } from './resources-of.ts';

/** -1 is Lambda's word for no bound. */
const bound = z
  .number()
  .min(-1)
  .default(-1)
  .transform((value) => (value === -1 ? undefined : value));

/** What an event source mapping says of a stream, besides what every mapping says. */
export const streamSourceSchema = z.object({
  EventSourceArn: z.string(),
  BatchSize: z.number().min(1).optional(),
  FunctionResponseTypes: z.array(z.string()).default([]),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })).default([]) }).optional(),
  MaximumBatchingWindowInSeconds: z.number().min(0).default(0),
  BisectBatchOnFunctionError: z.boolean().default(false),
  MaximumRetryAttempts: bound,
  MaximumRecordAgeInSeconds: bound,
  DestinationConfig: z
    .object({ OnFailure: z.object({ Destination: z.string().startsWith('arn:aws:sqs:') }).optional() })
    .optional(),
});
type StreamMapping = z.output<typeof streamSourceSchema>;

/** What Lambda takes when a mapping does not say. */
const BATCH_SIZE = 100;

interface StreamSourceContext {
  readonly sqs: SQSClient;
  readonly queueEndpoint: string;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/**
 * Reads what a mapping says of its stream.
 *
 * @returns the options, for the tables that have the stream: from then on, its records wait.
 * @throws TemplateError for a filter that cannot be used.
 */
export function streamSourceOptions(
  { logicalId, properties }: TypedResource<StreamMapping>,
  handler: LocalFunction,
  context: StreamSourceContext,
): (tables: TableStreams) => StreamSourceOptions {
  const accepts = filterOf(logicalId, properties);
  const { EventSourceArn, MaximumRecordAgeInSeconds: maxAgeSeconds, DestinationConfig } = properties;
  const { clock, onError } = context;
  return (tables) => ({
    reader: tables.read({
      streamArn: EventSourceArn,
      accepts,
      onDropped: (count) =>
        onError(new Error(`${handler.name} does not get ${count} records any more: too many were waiting`)),
    }),
    handler,
    batchSize: properties.BatchSize ?? BATCH_SIZE,
    windowMs: properties.MaximumBatchingWindowInSeconds * 1000,
    reportsFailures: properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    bisects: properties.BisectBatchOnFunctionError,
    maxRetries: properties.MaximumRetryAttempts,
    maxAgeMs: maxAgeSeconds === undefined ? undefined : maxAgeSeconds * 1000,
    clock,
    onError,
    onDiscarded: async (batch) => {
      const queueArn = DestinationConfig?.OnFailure?.Destination;
      if (queueArn !== undefined) await sendDiscarded(context, queueArn, handler.name, batch);
    },
  });
}

/** A record that one of the filters lets through is delivered; without filters, all are. */
function filterOf(logicalId: string, { FilterCriteria }: StreamMapping): (record: StreamRecord) => boolean {
  const { Filters = [] } = FilterCriteria ?? {};
  const matchers = Filters.map(({ Pattern }) => eventPattern(parsePattern(Pattern, logicalId), logicalId));
  return (record) => matchers.length === 0 || matchers.some((matches) => matches(record));
}

function parsePattern(text: string, logicalId: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TemplateError(`${logicalId} has a filter that is no JSON: ${text}`, { cause });
  }
}

/** As https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html has it: places, and no records. */
async function sendDiscarded(
  { sqs, queueEndpoint, clock }: StreamSourceContext,
  queueArn: string,
  functionName: string,
  { records, condition, invocations }: DiscardedBatch,
): Promise<void> {
  const [first] = records;
  const last = records.at(-1) ?? first;
  const arrival = ({ dynamodb }: StreamRecord) =>
    new Date(dynamodb.ApproximateCreationDateTime * 1000).toISOString();
  const message = {
    requestContext: {
      requestId: randomUUID(),
      functionArn: arnOf('lambda', `function:${functionName}`),
      condition,
      approximateInvokeCount: invocations,
    },
    version: '1.0',
    timestamp: new Date(clock.now()).toISOString(),
    DDBStreamBatchInfo: {
      shardId: 'shardId-00000000000000000000-00000000',
      startSequenceNumber: first.dynamodb.SequenceNumber,
      endSequenceNumber: last.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(last),
      batchSize: records.length,
      streamArn: first.eventSourceARN,
    },
  };
  const [accountId, queueName] = queueArn.split(':').slice(-2);
  const QueueUrl = `${queueEndpoint}/${accountId}/${queueName}`;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
}
