import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import {
  FilterCriteria,
  FilterRule,
  type Function as LambdaHandler,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { retention } from '../lib/session/index.ts';
import { bundledFunction } from './bundled-function.ts';
import type { Foundation } from './foundation.ts';

const TIMEOUT_MS = 60_000;
const BATCH_SIZE = 100;
/**
 * A stream keeps its records for 24 hours
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html). A batch that could not be published
 * for half of that becomes a dead letter, which only names its records: an operator has the other half to read them.
 */
const MAX_AGE = Duration.hours(12);

export interface EventsProps {
  readonly foundation: Pick<Foundation, 'settings' | 'table'>;
}

/** The bus that tells what becomes of commits and memories, and the function that feeds it from the table's stream. */
export class Events extends Construct {
  readonly bus: EventBus;
  readonly deadLetterQueue: Queue;
  readonly handler: LambdaHandler;

  constructor(scope: Construct, id: string, { foundation }: EventsProps) {
    super(scope, id);
    const { settings, table } = foundation;
    this.bus = new EventBus(this, 'Bus', { eventBusName: `commitlane-${settings.stage}` });
    this.deadLetterQueue = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.millis(retention.deadLetterMs),
    });
    this.handler = bundledFunction(this, 'Function', {
      folder: 'events',
      description: 'Tells what becomes of commits and memories',
      timeoutMs: TIMEOUT_MS,
      memoryMb: 512,
      tracingLayer: settings.tracingLayer,
      environment: { STAGE: settings.stage, EVENT_BUS_NAME: this.bus.eventBusName },
    });
    this.bus.grantPutEventsTo(this.handler);
    this.handler.addEventSource(
      // The CDK's own classes do not fit its interfaces under exactOptionalPropertyTypes.
      new DynamoEventSource(table as ITable, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: BATCH_SIZE,
        filters: [
          // A status that is deleted or expires tells nothing.
          FilterCriteria.filter({ eventName: FilterRule.or('INSERT', 'MODIFY'), ...itemsOf('COMMIT#') }),
          FilterCriteria.filter(itemsOf('MEMORY#')),
        ],
        // More than one batch of a shard at a time would keep the order of an item, not that of a session.
        parallelizationFactor: 1,
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        maxRecordAge: MAX_AGE,
        onFailure: new SqsDlq(this.deadLetterQueue),
      }),
    );
  }
}

const itemsOf = (beginning: string) => ({
  dynamodb: { Keys: { sk: { S: FilterRule.beginsWith(beginning) } } },
});
