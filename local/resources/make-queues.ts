import {
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { localAws } from '../aws-environment.ts';
import type { QueueEmulator } from '../emulators/queue-emulator.ts';
import type { Resolver } from '../template/resolver.ts';
import type { Template } from '../template/template.ts';
import { resourcesOf } from './resources-of.ts';

const queueSchema = z.object({
  FifoQueue: z.boolean().default(false),
  VisibilityTimeout: z.number().optional(),
  MessageRetentionPeriod: z.number().optional(),
  DeduplicationScope: z.string().optional(),
  FifoThroughputLimit: z.string().optional(),
  ContentBasedDeduplication: z.boolean().optional(),
  DelaySeconds: z.number().optional(),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() }).optional(),
});

/** What a receiver may hold, in one request. */
const BATCH = 10;

/** Makes the template's queues, or brings those that are there up to date. */
export async function makeQueues(
  template: Template,
  resolver: Resolver,
  sqs: SQSClient,
  emulator: QueueEmulator | undefined,
): Promise<void> {
  const queues = resourcesOf(
    template,
    'AWS::SQS::Queue',
    (value) => value,
    z.object({ FifoQueue: z.boolean().optional() }),
  );
  const endpoint = emulator?.endpoint ?? process.env['AWS_ENDPOINT_URL_SQS'];
  for (const { logicalId, properties } of queues) {
    const name = `${logicalId}${properties.FifoQueue ? '.fifo' : ''}`;
    resolver.define(logicalId, {
      ref: `${endpoint}/${localAws.accountId}/${name}`,
      attributes: { Arn: `arn:aws:sqs:${localAws.region}:${localAws.accountId}:${name}`, QueueName: name },
    });
  }
  // A queue must exist before another names it as its dead-letter queue.
  const detailed = resourcesOf(template, 'AWS::SQS::Queue', resolver.resolve, queueSchema);
  const order = detailed.sort(
    (a, b) => Number('RedrivePolicy' in a.properties) - Number('RedrivePolicy' in b.properties),
  );
  for (const { logicalId, properties } of order) {
    const name = `${logicalId}${properties.FifoQueue ? '.fifo' : ''}`;
    const isNew = await makeQueue(sqs, name, properties);
    if (!isNew && emulator) await giveBackAll(sqs, emulator, name);
  }
}

async function makeQueue(
  sqs: SQSClient,
  name: string,
  properties: z.output<typeof queueSchema>,
): Promise<boolean> {
  const attributes = attributesOf(properties);
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    const { FifoQueue: _fixed, ...settable } = attributes;
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: settable }));
    return false;
  } catch (error) {
    if (!(error instanceof QueueDoesNotExist)) throw error;
    await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
    return true;
  }
}

/** Whoever had received these died with the process before this one: nobody has to wait for them. */
async function giveBackAll(sqs: SQSClient, emulator: QueueEmulator, name: string): Promise<void> {
  const handles = emulator.inFlight(name);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
  for (let start = 0; start < handles.length; start += BATCH) {
    const Entries = handles.slice(start, start + BATCH).map((ReceiptHandle, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout: 0,
    }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
  }
}

function attributesOf(properties: z.output<typeof queueSchema>): Record<string, string> {
  const { RedrivePolicy, FifoQueue, ...rest } = properties;
  const names = [
    'VisibilityTimeout',
    'MessageRetentionPeriod',
    'DeduplicationScope',
    'FifoThroughputLimit',
    'ContentBasedDeduplication',
    'DelaySeconds',
  ] as const;
  return {
    ...(FifoQueue && { FifoQueue: 'true' }),
    ...Object.fromEntries(
      names.filter((name) => rest[name] !== undefined).map((name) => [name, String(rest[name])]),
    ),
    ...(RedrivePolicy && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
  };
}
