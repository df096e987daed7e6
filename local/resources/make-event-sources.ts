import type { SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import type { Clock } from '../../lib/clock/index.ts';
import type { TableStreams } from '../emulators/index.ts';
import { TemplateError } from '../errors.ts';
import { type EventSourceOptions, startEventSource } from '../lambda/event-source.ts';
import type { LocalFunction } from '../lambda/local-function.ts';
import { startStreamSource } from '../lambda/stream-source.ts';
import type { Resolver } from '../template/resolver.ts';
import type { Template } from '../template/template.ts';
import { resourcesOf, type TypedResource } from './resources-of.ts';
import { streamSourceOptions, streamSourceSchema } from './stream-source-options.ts';

const TYPE = 'AWS::Lambda::EventSourceMapping';

const mappingSchema = streamSourceSchema.extend({
  EventSourceArn: z
    .string()
    .regex(/^arn:aws:(sqs:|dynamodb:.*\/stream\/)/, 'must be a queue, or the stream of a table'),
  FunctionName: z.string(),
  Enabled: z.boolean().default(true),
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }).optional(),
});
type Mapping = z.output<typeof mappingSchema>;

const queueSchema = z.object({ VisibilityTimeout: z.number().default(30) });

/** This machine is one; a deployment has as many pollers as the mapping allows. */
const MAX_POLLERS = 4;
/** What Lambda takes when a mapping does not say. */
const QUEUE_BATCH_SIZE = 10;

export interface EventSourcesContext {
  readonly sqs: SQSClient;
  readonly queueEndpoint: string;
  /** Of the emulated tables; undefined where the tables are on another server. */
  readonly streams: TableStreams | undefined;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
  /** Told of a mapping that is left out. */
  readonly onWarning: (warning: string) => void;
}

/**
 * Starts to feed the functions from their queues and streams, as the template's event source mappings say.
 *
 * @throws TemplateError; nothing is fed then.
 */
export function startEventSources(
  template: Template,
  resolver: Resolver,
  functions: ReadonlyMap<string, LocalFunction>,
  context: EventSourcesContext,
): AsyncDisposable[] {
  const mappings = resourcesOf(template, TYPE, resolver.resolve, mappingSchema);
  const queues = resourcesOf(template, 'AWS::SQS::Queue', resolver.resolve, queueSchema);
  const starts = mappings.flatMap(({ logicalId, properties }): (() => AsyncDisposable)[] => {
    if (!properties.Enabled) return [];
    const handler = [...functions.values()].find(({ name }) => name === properties.FunctionName);
    if (!handler)
      throw new TemplateError(`${logicalId} feeds ${properties.FunctionName}, which is not in the template.`);
    if (properties.EventSourceArn.startsWith('arn:aws:sqs:')) {
      const options = queueOptions(properties, handler, queues, context);
      return [() => startEventSource(options)];
    }
    const { streams } = context;
    if (!streams) {
      context.onWarning(
        `${logicalId} (${TYPE}) is fed from a stream, which only tables of the embedded stack have: ${handler.name} does nothing here`,
      );
      return [];
    }
    const optionsFor = streamSourceOptions({ logicalId, properties }, handler, context);
    return [() => startStreamSource(optionsFor(streams))];
  });
  return starts.map((start) => start());
}

function queueOptions(
  properties: Mapping,
  handler: LocalFunction,
  queues: readonly TypedResource<z.output<typeof queueSchema>>[],
  { sqs, queueEndpoint, onError }: EventSourcesContext,
): EventSourceOptions {
  const { EventSourceArn, BatchSize, FunctionResponseTypes, ScalingConfig } = properties;
  const [accountId, queueName] = EventSourceArn.split(':').slice(-2);
  return {
    sqs,
    queueUrl: `${queueEndpoint}/${accountId}/${queueName}`,
    queueArn: EventSourceArn,
    handler,
    visibilityTimeoutSeconds: queueOf(queues, queueName).VisibilityTimeout,
    batchSize: BatchSize ?? QUEUE_BATCH_SIZE,
    concurrency: Math.min(MAX_POLLERS, ScalingConfig?.MaximumConcurrency ?? MAX_POLLERS),
    reportsFailures: FunctionResponseTypes.includes('ReportBatchItemFailures'),
    onError,
  };
}

/** A queue is named after its logical id. One that is not of the template has SQS's own default. */
function queueOf(queues: readonly TypedResource<z.output<typeof queueSchema>>[], name: string | undefined) {
  const found = queues.find(({ logicalId }) => name === logicalId || name === `${logicalId}.fifo`);
  return found?.properties ?? queueSchema.parse({});
}
