import { Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { BATCH_SIZE } from '../lib/queue/index.ts';
import { retention } from '../lib/session/index.ts';

export interface QueueConsumerProps {
  /** How long a message is hidden from others once it has been delivered. */
  readonly visibilityMs: number;
  /** Deliveries before a message goes to the dead-letter queue. */
  readonly maxReceiveCount: number;
  /** How many batches are handled at once. */
  readonly maxConcurrency: number;
  /**
   * Makes the function that handles the messages: beside the queue, not below it, for below it its logical id would be
   * another, and CloudFormation would replace it and its log.
   */
  readonly handler: (urls: QueueUrls) => LambdaFunction;
}

export interface QueueUrls {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

/**
 * A high-throughput FIFO queue, grouped by session, its dead-letter queue, and the function that it feeds. The function
 * may take messages, and dead-letter what no repetition can mend.
 */
export class QueueConsumer extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly handler: LambdaFunction;
  /** Of both queues. */
  readonly urls: QueueUrls;

  constructor(scope: Construct, id: string, props: QueueConsumerProps) {
    super(scope, id);
    this.deadLetterQueue = fifoQueue(this, 'DeadLetters', { retentionMs: retention.deadLetterMs });
    this.queue = fifoQueue(this, 'Queue', {
      retentionMs: retention.queuedMessageMs,
      visibilityTimeout: Duration.millis(props.visibilityMs),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: props.maxReceiveCount },
    });
    this.urls = {
      queueUrl: this.queue.queueUrl,
      deadLetterQueueUrl: this.deadLetterQueue.queueUrl,
    };
    this.handler = props.handler(this.urls);
    this.handler.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: BATCH_SIZE,
        reportBatchItemFailures: true,
        maxConcurrency: props.maxConcurrency,
      }),
    );
    this.deadLetterQueue.grantSendMessages(this.handler);
  }
}

function fifoQueue(
  scope: Construct,
  id: string,
  {
    retentionMs,
    ...props
  }: { readonly retentionMs: number } & Partial<ConstructorParameters<typeof Queue>[2]>,
): Queue {
  return new Queue(scope, id, {
    fifo: true,
    deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
    fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.millis(retentionMs),
    ...props,
  });
}
