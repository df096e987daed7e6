import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { arnOf, localAws } from '../aws/index.ts';
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

/** Makes the template's queues, or brings those that are there up to date. */
export async function makeQueues(
  template: Template,
  resolver: Resolver,
  sqs: SQSClient,
  endpoint: string,
): Promise<void> {
  const queues = resourcesOf(
    template,
    'AWS::SQS::Queue',
    (value) => value,
    z.object({ FifoQueue: z.boolean().optional() }),
  );
  for (const { logicalId, properties } of queues) {
    const name = `${logicalId}${properties.FifoQueue ? '.fifo' : ''}`;
    resolver.define(logicalId, {
      ref: `${endpoint}/${localAws.accountId}/${name}`,
      attributes: { Arn: arnOf('sqs', name), QueueName: name },
    });
  }
  // A queue must exist before another names it as its dead-letter queue.
  const detailed = resourcesOf(template, 'AWS::SQS::Queue', resolver.resolve, queueSchema);
  const order = detailed.sort(
    (a, b) => Number('RedrivePolicy' in a.properties) - Number('RedrivePolicy' in b.properties),
  );
  for (const { logicalId, properties } of order) {
    const name = `${logicalId}${properties.FifoQueue ? '.fifo' : ''}`;
    await makeQueue(sqs, name, properties);
  }
}

async function makeQueue(
  sqs: SQSClient,
  name: string,
  properties: z.output<typeof queueSchema>,
): Promise<void> {
  const attributes = attributesOf(properties);
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    // The emulator changes none of these of a queue that exists; a change of them needs a new data folder.
    const { FifoQueue: _f, DeduplicationScope: _d, FifoThroughputLimit: _l, ...settable } = attributes;
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: settable }));
  } catch (error) {
    if (!(error instanceof QueueDoesNotExist)) throw error;
    await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
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
