import { ArnFormat, Fn, Stack } from 'aws-cdk-lib';
import { type ITableV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { CommitlaneBase } from './commitlane-base.ts';
import { exportName, type Place } from './export-name.ts';

/** The Commitlane of another stack of the same account and region, by what that stack exports. */
export class ImportedCommitlane extends CommitlaneBase {
  readonly apiUrl: string;
  readonly table: ITableV2;
  readonly commitQueue: IQueue;
  readonly commitDeadLetterQueue: IQueue;
  readonly followUpQueue: IQueue;
  readonly followUpDeadLetterQueue: IQueue;
  readonly eventBus: IEventBus;
  protected readonly apiId: string;

  constructor(scope: Construct, id: string, stackName: string) {
    super(scope, id);
    const place = (name: Place) => Fn.importValue(exportName(stackName, name));
    const queue = (name: string, url: string) => queueAt(this, name, url);
    this.apiUrl = place('ApiUrl');
    // https://<id>.execute-api.<region>.amazonaws.com
    this.apiId = Fn.select(2, Fn.split('/', Fn.select(0, Fn.split('.', this.apiUrl))));
    this.table = TableV2.fromTableAttributes(this, 'Sessions', {
      tableName: place('TableName'),
      grantIndexPermissions: true,
    });
    this.commitQueue = queue('Commits', place('CommitQueueUrl'));
    this.commitDeadLetterQueue = queue('CommitDeadLetters', place('CommitDeadLetterQueueUrl'));
    this.followUpQueue = queue('FollowUps', place('FollowUpQueueUrl'));
    this.followUpDeadLetterQueue = queue('FollowUpDeadLetters', place('FollowUpDeadLetterQueueUrl'));
    this.eventBus = EventBus.fromEventBusName(this, 'Events', place('EventBusName'));
  }
}

function queueAt(scope: Construct, id: string, queueUrl: string): IQueue {
  // https://sqs.<region>.amazonaws.com/<account>/<name>
  const resource = Fn.select(4, Fn.split('/', queueUrl));
  const arnFormat = ArnFormat.NO_RESOURCE_NAME;
  const queueArn = Stack.of(scope).formatArn({ service: 'sqs', resource, arnFormat });
  return Queue.fromQueueAttributes(scope, id, { queueArn, queueUrl, fifo: true });
}
