import type { SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { TemplateError } from '../errors.ts';
import { type EventSourceOptions, startEventSource } from '../lambda/event-source.ts';
import type { LocalFunction } from '../lambda/local-function.ts';
import type { Resolver } from '../template/resolver.ts';
import type { Template } from '../template/template.ts';
import { resourcesOf, type TypedResource } from './resources-of.ts';

const mappingSchema = z.object({
  EventSourceArn: z.string().startsWith('arn:aws:sqs:'),
  FunctionName: z.string(),
  BatchSize: z.number().default(10),
  Enabled: z.boolean().default(true),
  FunctionResponseTypes: z.array(z.string()).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }).optional(),
});

const queueSchema = z.object({ VisibilityTimeout: z.number().default(30) });

/** This machine is one; a deployment has as many pollers as the mapping allows. */
const MAX_POLLERS = 4;

/** Starts to feed the functions from their queues, as the template's event source mappings say. @throws TemplateError */
export function startEventSources(
  template: Template,
  resolver: Resolver,
  functions: ReadonlyMap<string, LocalFunction>,
  sqs: SQSClient,
  queueEndpoint: string,
  onError: (error: unknown) => void,
): AsyncDisposable[] {
  const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping', resolver.resolve, mappingSchema);
  const queues = resourcesOf(template, 'AWS::SQS::Queue', resolver.resolve, queueSchema);
  const wanted = mappings.flatMap(({ logicalId, properties }): EventSourceOptions[] => {
    const { EventSourceArn, FunctionName, BatchSize, Enabled, FunctionResponseTypes, ScalingConfig } =
      properties;
    if (!Enabled) return [];
    const handler = [...functions.values()].find(({ name }) => name === FunctionName);
    if (!handler)
      throw new TemplateError(`${logicalId} feeds ${FunctionName}, which is not in the template.`);
    const [accountId, queueName] = EventSourceArn.split(':').slice(-2);
    return [
      {
        sqs,
        queueUrl: `${queueEndpoint}/${accountId}/${queueName}`,
        queueArn: EventSourceArn,
        handler,
        visibilityTimeoutSeconds: queueOf(queues, queueName).VisibilityTimeout,
        batchSize: BatchSize,
        concurrency: Math.min(MAX_POLLERS, ScalingConfig?.MaximumConcurrency ?? MAX_POLLERS),
        reportsFailures: FunctionResponseTypes.includes('ReportBatchItemFailures'),
        onError,
      },
    ];
  });
  return wanted.map(startEventSource);
}

/** A queue is named after its logical id. One that is not of the template has SQS's own default. */
function queueOf(queues: readonly TypedResource<z.output<typeof queueSchema>>[], name: string | undefined) {
  const found = queues.find(({ logicalId }) => name === logicalId || name === `${logicalId}.fifo`);
  return found?.properties ?? queueSchema.parse({});
}
